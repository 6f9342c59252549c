/** A server on loopback for one page that runs programs beside the installed package, and hands in the result. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";

import type { Report } from "./entries/report.js";
import type { EntryName, InstalledSuite } from "./installed.js";

/** A page that waits for a browser. */
export interface ServedPage {
  /** Its address. */
  readonly url: string;
  /** What its programs hand in. Rejects when they could not, or have not within `timeout` ms. */
  result(timeout?: number): Promise<unknown>;
  close(): void;
}

/** What a page may do, and does. */
export interface PageOptions {
  /** The programs it loads, in this order. */
  readonly programs: readonly EntryName[];
  /** Whether its policy lets it compile WebAssembly. */
  readonly wasm: boolean;
}

const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".json": "application/json" };

/** Serves the suite's folder under a strict policy, with an import map in place of a bundler. */
export async function servePage(
  { folder }: InstalledSuite,
  { programs, wasm }: PageOptions,
): Promise<ServedPage> {
  const map = JSON.stringify({ imports: importsOf(join(folder, "node_modules/tuya-auth/package.json")) });
  const hash = createHash("sha256").update(map).digest("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'${wasm ? " 'wasm-unsafe-eval'" : ""}`,
    "connect-src 'self'",
    "worker-src 'self'",
    // A browser asks for the page's icon by itself.
    "img-src 'self'",
  ].join("; ");
  const html = [
    "<!doctype html><title>conformance</title>",
    `<script type="importmap">${map}</script>`,
    ...programs.map((name) => `<script type="module" src="/${name}.js"></script>`),
  ].join("\n");

  let settle: (report: Report) => void = () => undefined;
  const reported = new Promise<Report>((resolve) => {
    settle = resolve;
  });
  const answer = async (request: IncomingMessage): Promise<[type: string, body: string | Buffer]> => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/") return ["text/html; charset=utf-8", html];
    if (pathname === "/favicon.ico") return ["image/x-icon", ""];
    if (pathname === "/report") {
      settle(JSON.parse(await text(request)));
      return ["text/plain", ""];
    }
    return [types[extname(pathname)] ?? "application/octet-stream", await readFile(join(folder, pathname))];
  };
  const server = createServer((request, response) => {
    response.setHeader("content-security-policy", policy);
    answer(request).then(
      ([type, body]) => response.setHeader("content-type", type).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async result(timeout = 60_000) {
      const timer = setTimeout(() => settle({ failure: `nothing came within ${timeout} ms` }), timeout);
      const report = await reported;
      clearTimeout(timer);
      if ("failure" in report) throw new Error(report.failure);
      return report.result;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** An import map of the package's entries, as their condition `default` gives them. */
function importsOf(manifest: string): Record<string, string> {
  const { exports } = JSON.parse(readFileSync(manifest, "utf8")) as {
    exports: Record<string, string | { default: string }>;
  };
  return Object.fromEntries(
    Object.entries(exports).map(([entry, target]) => {
      const file = typeof target === "string" ? target : target.default;
      return [join("tuya-auth", entry), join("/node_modules/tuya-auth", file)];
    }),
  );
}

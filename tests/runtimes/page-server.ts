/** A server on loopback for one page that runs the suite, and that hands in what became of it. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";

import type { Outcome } from "../conformance/group.js";
import type { Report } from "./entries/watch.js";
import type { InstalledSuite } from "./installed.js";

/** A page that waits for a browser. */
export interface SuitePage {
  /** Its address. */
  readonly url: string;
  /** Rejects when the page could not run the suite, or has not handed in within `timeout` ms. */
  outcomes(timeout?: number): Promise<readonly Outcome[]>;
  close(): void;
}

const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".json": "application/json" };

/** Serves the suite's folder under a strict policy, with an import map in place of a bundler. */
export async function servePage({ folder }: InstalledSuite): Promise<SuitePage> {
  const map = JSON.stringify({ imports: importsOf(join(folder, "node_modules/tuya-auth/package.json")) });
  const hash = createHash("sha256").update(map).digest("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'`,
    "connect-src 'self'",
    // A browser asks for the page's icon by itself.
    "img-src 'self'",
  ].join("; ");
  const html = [
    "<!doctype html><title>conformance</title>",
    `<script type="importmap">${map}</script>`,
    '<script type="module" src="/watch.js"></script><script type="module" src="/page.js"></script>',
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
    async outcomes(timeout = 60_000) {
      const timer = setTimeout(() => settle({ failure: `nothing came within ${timeout} ms` }), timeout);
      const report = await reported;
      clearTimeout(timer);
      if ("failure" in report) throw new Error(report.failure);
      return report.outcomes;
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

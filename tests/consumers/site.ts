/** A folder of files on loopback, under a policy that allows a page its own scripts and WebAssembly, and nothing else. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

/** A served folder. */
export interface Site {
  /** Such as `http://127.0.0.1:8080`. */
  readonly origin: string;
  close(): void;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
};

/** Serves a folder on a free port. @param index the page at `/`, instead of the folder's `index.html` */
export async function serveSite(folder: string, index?: string): Promise<Site> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const made = path === "/index.html" ? index : undefined;
    const content = made ?? (await readFile(join(folder, path)).catch(() => undefined));
    if (content === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
    response.setHeader("Content-Security-Policy", policyOf(String(content)));
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A page's policy. An import map can only be inline, so it is allowed by its hash. */
function policyOf(html: string): string {
  const [, map] = /<script type="importmap">(.*?)<\/script>/s.exec(html) ?? [];
  const hash = map === undefined ? "" : ` 'sha256-${createHash("sha256").update(map).digest("base64")}'`;
  return `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'${hash}`;
}

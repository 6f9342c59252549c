/** Scripts for a browser's page on a port of its own; `/?<path>` is a page that loads the script of that path. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Serves the scripts, by their paths. */
export async function servePage(
  scripts: Readonly<Record<string, string>>,
): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(({ url = "" }, response) => {
    const script = scripts[url];
    response.setHeader("content-type", `text/${script === undefined ? "html" : "javascript"}; charset=utf-8`);
    response.setHeader("cache-control", "no-store");
    // Isolated from other origins, a page has the finer clock.
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    const path = url.replace(/^\/\?/, "");
    response.end(
      script ?? `<!doctype html><script type="module" src="${path in scripts ? path : ""}"></script>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

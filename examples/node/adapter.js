/** Serves a `fetch` handler by `node:http`. */

import { Readable } from "node:stream";

/**
 * A listener for `http.createServer`.
 *
 * @param {(request: Request, context: { waitUntil(work: Promise<unknown>): void }) => Promise<Response>} fetch
 * @param {string} origin The application's own. What a client writes as its host counts for nothing.
 * @returns {import("node:http").RequestListener & { idle(): Promise<void> }} `idle` resolves when the work is done that
 * outlives its requests: wait for it before the process ends.
 */
export function listener(fetch, origin) {
  const working = new Set();
  const waitUntil = (work) => {
    const ended = work.catch(() => undefined).then(() => working.delete(ended));
    working.add(ended);
  };
  const listen = async (incoming, outgoing) => {
    try {
      await send(await fetch(requestOf(incoming, origin), { waitUntil }), outgoing);
    } catch {
      // The request cannot be read as one, or its client has gone.
      if (!outgoing.headersSent) outgoing.writeHead(400);
      outgoing.end();
    }
  };
  return Object.assign(listen, { idle: async () => void (await Promise.all(working)) });
}

function requestOf(incoming, origin) {
  const { method, url, headers } = incoming;
  // `http://elsewhere/…` and `*` are targets, too.
  if (!url.startsWith("/")) throw new TypeError("not a path");
  const pairs = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  if (method === "GET" || method === "HEAD")
    return new Request(`${origin}${url}`, { method, headers: pairs });
  return new Request(`${origin}${url}`, {
    method,
    headers: pairs,
    body: Readable.toWeb(incoming),
    duplex: "half",
  });
}

async function send(response, outgoing) {
  const headers = Object.fromEntries(response.headers);
  outgoing.writeHead(response.status, { ...headers, "set-cookie": response.headers.getSetCookie() });
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

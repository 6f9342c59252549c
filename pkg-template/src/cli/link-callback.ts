/** The callback URL on this machine: where the browser comes back to when an account is linked from a terminal. */

import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";

import { TuyaAuthError } from "../errors.js";
import { type Callback, type CallbackExpectation, parseCallback } from "../server.js";

/** What is done while the callback URL is served. */
export interface CallbackWork<T> {
  /** What a callback must carry. */
  readonly expected: CallbackExpectation;
  /** Runs when the browser may be sent away. */
  listening(): void;
  /** Takes the first callback that passes its checks; the browser is told when it is done. */
  take(callback: Callback): Promise<T>;
}

/** How long an answer may take to reach the browser, in ms. */
const LAST_WORDS = 1_000;

/** Codes of callbacks that answer another link than this one: whoever sent them, this one goes on. */
const OTHERS = ["callback_malformed", "state_missing", "state_mismatch", "wrong_data_center"];

/**
 * Serves a callback URL until a browser brings what was waited for.
 *
 * @param url http on loopback, with its port
 * @param signal ends the waiting
 * @throws `TuyaAuthError` for a callback that says no; what `take` throws; the signal's reason
 * @throws Error when the port cannot be had
 */
export async function serveCallback<T>(url: URL, signal: AbortSignal, work: CallbackWork<T>): Promise<T> {
  const servers: Server[] = [];
  try {
    return await new Promise<T>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      const taken = onceTaken(work, (done) => done.then(resolve, reject));
      const listener: RequestListener = ({ method, url: target = "/" }, response) => {
        const { pathname, href } = URL.canParse(target, url.href)
          ? new URL(target, url)
          : { pathname: "", href: "" };
        if (pathname !== url.pathname) return say(response, 404, "There is nothing here.");
        if (method !== "GET") return say(response, 405, "This method does nothing here.");
        taken(href, response);
      };
      listenOn(url, listener, servers).then(work.listening, reject);
    });
  } finally {
    for (const server of servers) {
      server.close();
      // What a browser opened ahead would keep the process; what it is being told may still be on its way.
      setTimeout(() => server.closeAllConnections(), LAST_WORDS).unref();
    }
  }
}

/** Tells a browser what became of its callback, and hands on the work that the first right one begins. */
function onceTaken<T>(
  { expected, take }: CallbackWork<T>,
  begin: (work: Promise<T>) => void,
): (href: string, response: ServerResponse) => void {
  let begun = false;
  return (href, response) => {
    try {
      const callback = parseCallback(href, expected);
      if (begun) return say(response, 409, "The account is being linked.");
      begun = true;
      begin(
        take(callback).then(
          (result) => {
            say(response, 200, "The account is linked. You can close this page.");
            return result;
          },
          (error: unknown) => {
            say(response, 502, "The account is not linked: the terminal says why.");
            throw error;
          },
        ),
      );
    } catch (error) {
      const foreign = error instanceof TuyaAuthError && OTHERS.includes(error.code);
      say(response, 400, foreign ? "This answers no link that is being made." : "The account is not linked.");
      if (!foreign) begin(Promise.reject(error));
    }
  };
}

/** Listens on every loopback address that the URL's host stands for: browsers differ in which they try first. */
async function listenOn(
  { hostname, port }: URL,
  listener: RequestListener,
  servers: Server[],
): Promise<void> {
  const named = hostname === "localhost";
  for (const host of named ? ["127.0.0.1", "::1"] : [hostname.replace(/^\[|\]$/g, "")]) {
    const server = createServer(listener);
    const listens = await new Promise<boolean>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => {
        const absent = named && host === "::1" && /^(EADDRNOTAVAIL|EAFNOSUPPORT)$/.test(error.code ?? "");
        if (absent) resolve(false);
        else reject(new Error(`cannot listen on ${host}, port ${port || 80}: ${error.code}`));
      });
      server.listen({ host, port: Number(port || 80), exclusive: true }, () => resolve(true));
    });
    if (listens) servers.push(server);
  }
}

/** Answers, and ends the connection; the address, which held a code, goes to nobody as a referrer. */
function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    Connection: "close",
  });
  response.end(`${text}\n`);
}

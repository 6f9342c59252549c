import type { CloudAnswer, CloudRequest } from "./messages.js";

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/**
 * The cookies of a page in a browser. There `Request` and `Response` leave `cookie` and `set-cookie` out, because the
 * browser itself keeps cookies; a cloud in the page must do that in its place. Elsewhere a caller sees cookies and
 * keeps its own, and nothing is kept here.
 */
export class Cookies {
  #kept: Cookie[] = [];
  #hidden: boolean | undefined;

  /** The request with the cookies of its path. */
  add(request: CloudRequest): CloudRequest {
    const path = request.target.split("?")[0] ?? "";
    const sent = this.#kept.filter((cookie) => path === cookie.path || path.startsWith(`${cookie.path}/`));
    if (sent.length === 0) return request;
    const value = sent.map(({ name, value }) => `${name}=${value}`).join("; ");
    return { ...request, headers: [...request.headers, ["cookie", value]] };
  }

  /** Keeps what an answer sets. */
  keep(answer: CloudAnswer): void {
    for (const [name, value] of answer.headers) {
      if (name === "set-cookie" && this.#areHidden()) this.#set(value);
    }
  }

  #set(header: string): void {
    const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
    const [name, value] = split(pair);
    const given = new Map(attributes.map(split).map(([key, text]) => [key.toLowerCase(), text]));
    const path = (given.get("path") ?? "/").replace(/\/$/, "");
    this.#kept = this.#kept.filter((cookie) => cookie.name !== name || cookie.path !== path);
    if (given.get("max-age") !== "0") this.#kept.push({ name, value, path });
  }

  /** Not asked at import time: on workerd nothing may be. */
  #areHidden(): boolean {
    this.#hidden ??= !new Response(null, { headers: [["set-cookie", "a=b"]] }).headers.has("set-cookie");
    return this.#hidden;
  }
}

function split(pair: string): [name: string, value: string] {
  const at = pair.indexOf("=");
  return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
}

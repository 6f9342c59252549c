/**
 * A browser without a screen: it keeps cookies per host, sends what a browser sends, reads pages as HTML and
 * submits their forms. It follows no redirect by itself, so that each one can be looked at.
 */

import { CookieJar } from "tough-cookie";

import { DemoFailure } from "./failure.js";
import { type Form, Page } from "./page.js";

/** How a browser's requests are sent. */
export type Send = (url: URL, init: RequestInit) => Promise<Response>;

/** One browser with its own cookies. `from`, everywhere, is the URL of the page that causes a request. */
export class Browser {
  readonly #cookies = new CookieJar();
  readonly #request: Send;

  /** Without `send` requests go over the network. */
  constructor(send: Send = fetch) {
    this.#request = send;
  }

  /** The `Cookie` header that a page of the URL's own site sends there; empty without cookies. */
  cookies(url: string | URL): Promise<string> {
    return this.#cookies.getCookieString(String(url), { sameSiteContext: "strict" });
  }

  /** Puts a cookie into the browser, as a page of the URL's own site can. @param line as in `Set-Cookie` */
  async setCookie(line: string, url: string | URL): Promise<void> {
    await this.#cookies.setCookie(line, String(url), { sameSiteContext: "strict" });
  }

  /** Goes to an address by GET; without `from` as if it was typed. */
  open(url: string | URL, from?: string): Promise<Page> {
    return this.#navigate(url, { method: "GET" }, from);
  }

  /** Follows the redirect of a page. */
  follow(page: Page): Promise<Page> {
    if (page.redirect === undefined) {
      throw new DemoFailure(
        "unexpected_answer",
        `${page.path} answered ${page.status}, which redirects nowhere.`,
      );
    }
    return this.open(page.redirect, page.url);
  }

  /** Submits a form: its own values, `values` over them, and the button that is pressed. */
  submit(
    form: Form,
    values: Record<string, string>,
    button?: { name: string; value: string },
  ): Promise<Page> {
    const fields = form.fill(values);
    if (button !== undefined) fields.append(button.name, button.value);
    if (form.method === "post") {
      return this.#navigate(form.action, { method: "POST", body: fields }, form.page);
    }
    const url = new URL(form.action);
    url.search = fields.toString();
    return this.open(url, form.page);
  }

  /** What a script of the page at `from` gets from `path` of its own origin. */
  fetch(from: string, method: "GET" | "POST", path: string, json?: unknown): Promise<Page> {
    const headers = new Headers({ Accept: "application/json", "Sec-Fetch-Site": "same-origin" });
    if (method !== "GET") headers.set("Origin", new URL(from).origin);
    if (json !== undefined) headers.set("Content-Type", "application/json");
    const body = json === undefined ? null : JSON.stringify(json);
    return this.#send(new URL(path, from), { method, headers, body }, "strict");
  }

  #navigate(
    target: string | URL,
    init: { method: string; body?: URLSearchParams },
    from?: string,
  ): Promise<Page> {
    const url = new URL(target);
    const site = relation(from, url);
    const headers = new Headers({ Accept: "text/html", "Sec-Fetch-Site": site });
    if (init.method !== "GET" && from !== undefined) headers.set("Origin", new URL(from).origin);
    const foreign = init.method === "GET" ? "lax" : "none";
    return this.#send(url, { ...init, headers }, site === "cross-site" ? foreign : "strict");
  }

  /** @param sameSiteContext which `SameSite` cookies go along and may be set */
  async #send(
    url: URL,
    init: RequestInit & { headers: Headers },
    sameSiteContext: "strict" | "lax" | "none",
  ): Promise<Page> {
    const cookie = await this.#cookies.getCookieString(url.href, { sameSiteContext });
    if (cookie !== "") init.headers.set("Cookie", cookie);
    try {
      const response = await this.#request(url, { ...init, redirect: "manual" });
      for (const line of response.headers.getSetCookie()) {
        await this.#cookies.setCookie(line, url.href, { sameSiteContext });
      }
      return new Page(url.href, response.status, response.headers, await response.text());
    } catch (cause) {
      // The URL's query may hold a code, so the message names the path alone.
      throw new DemoFailure("network_error", `${url.host}${url.pathname} does not answer.`, { cause });
    }
  }
}

/** What a browser says in `Sec-Fetch-Site`. A site is a host here: neither side has a registrable domain. */
function relation(from: string | undefined, url: URL): "none" | "same-origin" | "same-site" | "cross-site" {
  if (from === undefined) return "none";
  const source = new URL(from);
  if (source.origin === url.origin) return "same-origin";
  return source.hostname === url.hostname ? "same-site" : "cross-site";
}

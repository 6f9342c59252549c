/** An application with a handler, the local cloud behind it, and browsers in front of it, in one process. */

import { type Cloud, createCloud } from "tuya-auth/emulator";
import { type AuthHandler, type AuthHandlerOptions, createAuthHandler } from "tuya-auth/handler";
import { memoryStore, type Store } from "tuya-auth/server";

import { Browser } from "../../www/demo/browser.js";
import type { Page } from "../../www/demo/page.js";
import { ann, appKeys } from "./demo-seed.js";

/** The application's origin unless a test chooses another one. */
export const appOrigin = "https://app.example";

/** Where the cloud is; plain http is for loopback alone. */
export const cloudOrigin = "http://127.0.0.1:8787";

/** The data centers that the application offers: `us` takes codes itself, in `eu` the page does. */
export const dataCenters = {
  us: { page: `${cloudOrigin}/us/d/login`, openapi: `${cloudOrigin}/us` },
  eu: { page: `${cloudOrigin}/eu/d/login`, openapi: `${cloudOrigin}/eu`, callback: "page" },
} as const;

/** The application under test. */
export interface App {
  readonly origin: string;
  readonly cloud: Cloud;
  readonly handler: AuthHandler;
  readonly store: Store;
  /** What `onEvent` heard. */
  readonly events: object[];
  /** Sets the clock of handler, store and cloud forward by `ms`. */
  advance(ms: number): void;
  /** A browser without cookies, which reaches the application and the cloud. */
  browser(): Browser;
  /** Sends a request of exactly these headers, with the browser's cookies. */
  send(browser: Browser, path: string, init?: RequestInit): Promise<Response>;
}

/** Makes an application; `options` go over those that fit the local cloud. */
export function createApp(options: Partial<AuthHandlerOptions> = {}): App {
  const { origin = appOrigin } = options;
  let offset = 0;
  const now = () => Date.now() + offset;
  const cloud = createCloud({ now, seed: { callbackOrigin: origin } });
  const store = options.store ?? memoryStore({ now });
  const events: object[] = [];
  const handler = createAuthHandler({
    ...appKeys,
    origin,
    dataCenters,
    store,
    now,
    fetch: cloud.fetch,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const network = async (url: URL, init: RequestInit) => {
    if (url.origin === origin) return handler.fetch(new Request(url, init));
    if (url.origin === cloudOrigin) return cloud.fetch(url, init);
    throw new Error(`nothing is at ${url.origin}`);
  };
  return {
    origin,
    cloud,
    handler,
    store,
    events,
    advance(ms) {
      offset += ms;
    },
    browser: () => new Browser(network),
    async send(browser, path, init = {}) {
      const headers = new Headers(init.headers);
      const cookies = await browser.cookies(`${origin}${path}`);
      if (cookies !== "") headers.set("Cookie", cookies);
      return handler.fetch(new Request(`${origin}${path}`, { ...init, headers }));
    },
  };
}

/** Who answers the authorization page, and how. */
export interface Answer {
  readonly account?: { readonly name: string; readonly password: string };
  readonly decision?: "confirm" | "refuse";
}

/** Logs in on the authorization page and decides. @returns where the page sends the browser: the callback */
export async function authorize(browser: Browser, url: string, answer: Answer = {}): Promise<string> {
  const { account = ann, decision = "confirm" } = answer;
  const login = (await browser.open(url)).form("account", "password");
  const sent = await browser.submit(login, { account: account.name, password: account.password });
  const consent = (await browser.follow(sent)).form("decision");
  return redirectOf(await browser.submit(consent, {}, { name: "decision", value: decision }));
}

/** Begins a login at the application. @returns the authorization page's address */
export async function beginLogin(app: App, browser: Browser, query = ""): Promise<string> {
  return redirectOf(await browser.open(`${app.origin}/auth/login/us${query}`, `${app.origin}/`));
}

/** Links ann's account. @returns the callback's answer */
export async function link(app: App, browser: Browser, query = ""): Promise<Page> {
  const callback = await authorize(browser, await beginLogin(app, browser, query));
  return browser.open(callback, `${cloudOrigin}/us/d/consent`);
}

/** Where an answer redirects to. */
export function redirectOf(page: Page): string {
  if (page.redirect === undefined) throw new Error(`${page.path} answered ${page.status}: ${page.text}`);
  return page.redirect;
}

/** The error code of a failed link: of the redirect, of the page, or of the JSON answer. */
export function errorOf(page: Page): string | null {
  if (page.redirect !== undefined) return new URL(page.redirect).searchParams.get("link_error");
  if (page.headers.get("Content-Type") === "application/json") {
    return (page.json() as { error?: string }).error ?? null;
  }
  return page.html().querySelector("code")?.text ?? null;
}

import type { Browser } from "../../www/demo/browser.js";
import type { Page } from "../../www/demo/page.js";
import { appOrigin, authorize, cloudOrigin, redirectOf } from "./app.js";
import { ann, bo } from "./demo-seed.js";

/** What comes back from the authorization page. */
export interface Returned {
  readonly code: string;
  readonly state: string;
}

/** One of the two ways to link: who takes the code. */
export interface LinkStyle {
  readonly name: "server" | "page";
  readonly dataCenter: "us" | "eu";
  readonly account: { readonly uid: string; readonly name: string; readonly password: string };
  /** Begins a login. @returns the authorization page's address */
  begin(browser: Browser): Promise<string>;
  /** Hands over what came back. */
  deliver(browser: Browser, returned: Partial<Returned>): Promise<Page>;
}

/** The styles of the data centers that `createApp` offers. */
export const linkStyles: readonly LinkStyle[] = [
  {
    name: "server",
    dataCenter: "us",
    account: ann,
    async begin(browser) {
      return redirectOf(await browser.open(`${appOrigin}/auth/login/us`, `${appOrigin}/`));
    },
    deliver(browser, returned) {
      const query = new URLSearchParams({ ...returned });
      return browser.open(`${appOrigin}/auth/callback/us?${query}`, `${cloudOrigin}/us/d/consent`);
    },
  },
  {
    name: "page",
    dataCenter: "eu",
    account: bo,
    async begin(browser) {
      const answer = await browser.fetch(`${appOrigin}/`, "POST", "/auth/start/eu");
      return (answer.json() as { url: string }).url;
    },
    deliver(browser, returned) {
      return browser.fetch(`${appOrigin}/auth/callback/eu`, "POST", "/auth/exchange/eu", returned);
    },
  },
];

/** Begins a login, logs in at the cloud and confirms. */
export async function obtain(style: LinkStyle, browser: Browser): Promise<Returned> {
  const callback = await authorize(browser, await style.begin(browser), { account: style.account });
  const { searchParams } = new URL(callback);
  return { code: searchParams.get("code") ?? "", state: searchParams.get("state") ?? "" };
}

/** Whom a browser's session is of. */
export async function linkedUser(browser: Browser): Promise<string | undefined> {
  const answer = await browser.fetch(`${appOrigin}/`, "GET", "/auth/session");
  return (answer.json() as { uid?: string }).uid;
}

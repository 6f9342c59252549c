import type { Browser } from "../../www/demo/browser.js";
import type { Page } from "../../www/demo/page.js";
import { appOrigin, authorize, cloudOrigin, redirectOf } from "./app.js";
import { ann, bo } from "./demo-seed.js";

/** What comes back from the authorization page. */
export interface Returned {
  readonly code: string;
  readonly state: string;
}

/** A request as a browser sends it, but for its cookies. */
export interface Sent {
  readonly url: string;
  readonly init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
  };
}

/** One of the two ways to link: who takes the code. */
export interface LinkStyle {
  readonly name: "server" | "page";
  readonly dataCenter: "us" | "eu";
  readonly account: { readonly uid: string; readonly name: string; readonly password: string };
  /** The request that begins a login. */
  readonly beginning: Sent;
  /** Begins a login. @returns the authorization page's address */
  begin(browser: Browser): Promise<string>;
  /** The request that hands over what came back. */
  delivery(returned: Partial<Returned>): Sent;
  /** Hands over what came back. */
  deliver(browser: Browser, returned: Partial<Returned>): Promise<Page>;
}

/**
 * The styles of an application that takes codes itself in `us`, and has its page take them in `eu`.
 *
 * @param base the path of its routes
 */
export function linkStylesAt(
  origin: string,
  cloud: string,
  base: string = "/auth",
): readonly [LinkStyle, LinkStyle] {
  const get = (path: string): Sent => ({ url: `${origin}${path}`, init: { method: "GET", headers: {} } });
  const post = (path: string, value: unknown): Sent => {
    const headers = { Origin: origin, "Content-Type": "application/json" };
    return { url: `${origin}${path}`, init: { method: "POST", headers, body: JSON.stringify(value) } };
  };
  const callback = (returned: Partial<Returned>) =>
    `${base}/callback/us?${new URLSearchParams({ ...returned })}`;
  return [
    {
      name: "server",
      dataCenter: "us",
      account: ann,
      beginning: get(`${base}/login/us`),
      async begin(browser) {
        return redirectOf(await browser.open(`${origin}${base}/login/us`, `${origin}/`));
      },
      delivery: (returned) => get(callback(returned)),
      deliver: (browser, returned) => browser.open(`${origin}${callback(returned)}`, `${cloud}/us/d/consent`),
    },
    {
      name: "page",
      dataCenter: "eu",
      account: bo,
      beginning: post(`${base}/start/eu`, {}),
      async begin(browser) {
        const answer = await browser.fetch(`${origin}/`, "POST", `${base}/start/eu`);
        return (answer.json() as { url: string }).url;
      },
      delivery: (returned) => post(`${base}/exchange/eu`, returned),
      deliver: (browser, returned) =>
        browser.fetch(`${origin}${base}/callback/eu`, "POST", `${base}/exchange/eu`, returned),
    },
  ];
}

/** The styles of the application that `createApp` makes. */
export const linkStyles = linkStylesAt(appOrigin, cloudOrigin);

/** Begins a login, logs in at the cloud and confirms. */
export async function obtain(style: LinkStyle, browser: Browser): Promise<Returned> {
  const callback = await authorize(browser, await style.begin(browser), { account: style.account });
  const { searchParams } = new URL(callback);
  return { code: searchParams.get("code") ?? "", state: searchParams.get("state") ?? "" };
}

/** Whom a browser's session is of. */
export async function linkedUser(
  browser: Browser,
  origin: string = appOrigin,
  base: string = "/auth",
): Promise<string | undefined> {
  const answer = await browser.fetch(`${origin}/`, "GET", `${base}/session`);
  return (answer.json() as { uid?: string }).uid;
}

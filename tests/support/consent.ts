import { createAuthorization, type DataCenterCode, parseCallback } from "tuya-auth";

import { Page } from "../../www/demo/page.js";
import { appKeys, callbackOf } from "./demo-seed.js";

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** Who logs in where, and at which cloud. */
export interface Login {
  /** Asks the cloud: its own `fetch`, or the global one for a server. */
  readonly fetch: Fetch;
  /** The cloud's origin. */
  readonly origin: string;
  readonly dataCenter: DataCenterCode;
  readonly account: { readonly name: string; readonly password: string };
  /** Who asks, and the callback URL registered for it; the seed's app unless given. */
  readonly client?: { readonly clientId: string; readonly redirectUri: string };
}

/** Logs in on the authorization page and confirms, as a browser would. @returns the code that the callback gets */
export async function obtainCode(login: Login): Promise<string> {
  const { origin, dataCenter } = login;
  const { client = { clientId: appKeys.clientId, redirectUri: callbackOf(dataCenter) } } = login;
  const { url, state } = createAuthorization({
    page: `${origin}/${dataCenter}/d/login`,
    ...client,
    dataCenter,
  });
  const callback = await consent(login, url);
  return parseCallback(callback, { state, dataCenter }).code;
}

/** Logs in at `url` and confirms. @returns the address that the page sends the browser to */
async function consent({ fetch, account }: Login, url: string): Promise<string> {
  let cookie = "";
  const visit = async (target: string, body?: URLSearchParams): Promise<Page> => {
    const init = body === undefined ? {} : { method: "POST", body };
    const response = await fetch(target, { ...init, headers: { cookie }, redirect: "manual" });
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return new Page(target, response.status, response.headers, await response.text());
  };
  const login = (await visit(url)).form("account", "password");
  const sent = await visit(login.action, login.fill({ account: account.name, password: account.password }));
  const question = (await visit(redirectOf(sent))).form("decision");
  const answer = question.fill({});
  answer.append("decision", "confirm");
  return redirectOf(await visit(question.action, answer));
}

function redirectOf(page: Page): string {
  if (page.redirect === undefined) throw new Error(`${page.path} answered ${page.status}: ${page.text}`);
  return page.redirect;
}

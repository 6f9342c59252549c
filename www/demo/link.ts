/** Links one demo account as a person does, by page, login, consent and callback, and then uses the link. */

import type { Browser } from "./browser.js";
import type { RunningCloud } from "./cloud.js";
import { DemoFailure, expect } from "./failure.js";
import type { Page } from "./page.js";
import type { Steps } from "./step.js";

/** An account of the local cloud. */
export interface Account {
  name: string;
  password: string;
  uid: string;
}

/** Who links what, and where. */
export interface LinkOptions {
  cloud: RunningCloud;
  /** The worker's origin, such as `http://localhost:8788`. */
  origin: string;
  browser: Browser;
  account: Account;
  dataCenter: string;
  /** The client ID that the worker has to name on the authorization page. */
  clientId: string;
  /** What the person answers on the consent page; default: confirm. */
  decision?: "confirm" | "refuse";
  /** Changes the address that the authorization page sends the browser back to. */
  tamper?: (callback: URL) => void;
}

/** The codes with which a callback is refused before its code is exchanged (docs/protocol.md, section 3). */
const callbackRefusals: ReadonlySet<string> = new Set([
  "callback_malformed",
  "state_missing",
  "state_mismatch",
  "session_missing",
  "subject_mismatch",
  "wrong_data_center",
  "access_denied",
  "authorization_error",
  "code_missing",
]);

/**
 * Runs the steps `login` to `refresh`.
 *
 * @returns the uid that is linked now
 * @throws StepFailed at the first step that does not hold
 */
export async function linkAccount(steps: Steps, options: LinkOptions): Promise<string> {
  const consent = await steps.run(
    "login",
    () => logIn(options),
    () => ({ account: options.account.name, dataCenter: options.dataCenter }),
  );
  const callback = await steps.run(
    "consent",
    () => decide(options, consent),
    (url) => ({ callback: `${url.origin}${url.pathname}` }),
  );
  const landing = await steps.run(
    "callback",
    () => comeBack(options, consent, callback),
    () => ({ dataCenter: options.dataCenter }),
  );
  const uid = await steps.run(
    "exchange",
    () => checkExchange(options, landing),
    (linked) => ({ uid: linked }),
  );
  await steps.run(
    "call",
    () => callDevices(options, uid),
    (devices) => ({ devices }),
  );
  await steps.run(
    "refresh",
    () => refresh(options, uid),
    (devices) => ({ refreshes: 1, devices }),
  );
  return uid;
}

/** Starts at the worker, checks where it sends the browser, and logs in there: the consent page. */
async function logIn({ browser, origin, account, dataCenter, clientId }: LinkOptions): Promise<Page> {
  const start = await browser.open(`${origin}/auth/login/${dataCenter}?return_to=/`, `${origin}/`);
  expect(start.redirect !== undefined, `The login answered ${start.status} and sends the browser nowhere.`);
  const query = new URL(start.redirect).searchParams;
  const callback = `${origin}/auth/callback/${dataCenter}`;
  expect(query.get("client_id") === clientId, "The login names another client ID.");
  expect(query.get("redirect_uri") === callback, `The login does not name the callback ${callback}.`);
  expect(
    query.get("state")?.endsWith(`.${dataCenter}`) === true,
    "The login has no state of this data center.",
  );

  const login = await browser.follow(start);
  expect(login.status === 200, `The authorization page refuses (${login.status}): ${sentence(login)}`);
  const credentials = { account: account.name, password: account.password };
  const answer = await browser.submit(login.form("account", "password"), credentials);
  expect(answer.redirect !== undefined, `The login is refused (${answer.status}): ${sentence(answer)}`);
  return browser.follow(answer);
}

/** Presses a button of the consent page: the callback's address, not opened yet. */
async function decide({ browser, origin, dataCenter, decision }: LinkOptions, consent: Page): Promise<URL> {
  const button = { name: "decision", value: decision ?? "confirm" };
  const answer = await browser.submit(consent.form("decision"), {}, button);
  expect(answer.redirect !== undefined, `The consent is refused (${answer.status}): ${sentence(answer)}`);
  const url = new URL(answer.redirect);
  const expected = `${origin}/auth/callback/${dataCenter}`;
  expect(`${url.origin}${url.pathname}` === expected, `The consent does not lead back to ${expected}.`);
  return url;
}

/** Opens the callback: where the worker sends the browser next. */
async function comeBack({ browser, tamper }: LinkOptions, consent: Page, callback: URL): Promise<URL> {
  tamper?.(callback);
  const answer = await browser.open(callback, consent.url);
  expect(
    answer.redirect !== undefined,
    `The callback answered ${answer.status} and sends the browser nowhere.`,
  );
  const landing = new URL(answer.redirect);
  const code = landing.searchParams.get("link_error");
  if (code !== null && callbackRefusals.has(code)) {
    throw new DemoFailure(code, "The worker refused the callback before it exchanged a code.");
  }
  return landing;
}

/** Checks that the code became a session: for the worker, for the cloud and for the browser. */
async function checkExchange(
  { browser, cloud, origin, account }: LinkOptions,
  landing: URL,
): Promise<string> {
  const code = landing.searchParams.get("link_error");
  if (code !== null) throw new DemoFailure(code, "The worker could not exchange the code.");
  expect(landing.href === `${origin}/`, "The worker does not send the browser back to the page.");
  const exchanges = (await cloud.requests()).filter(({ target }) => target.includes("/token?grant_type=2"));
  expect(exchanges.length === 1, `The cloud saw ${exchanges.length} exchanges of a code, not one.`);
  expect(exchanges[0]?.verdict === "ok", `The cloud refused the exchange: ${exchanges[0]?.verdict}.`);
  const session = (await browser.fetch(`${origin}/`, "GET", "/auth/session")).json() as { uid?: unknown };
  expect(session.uid === account.uid, "The session is not the account's.");
  return account.uid;
}

/** Asks for the account's devices through the worker: one signed call. @returns how many there are */
async function callDevices({ browser, cloud, origin }: LinkOptions, uid: string): Promise<number> {
  const before = (await cloud.requests()).length;
  const answer = await browser.fetch(`${origin}/`, "GET", `/auth/api/v1.0/users/${uid}/devices`);
  const body = answer.json() as { success?: unknown; result?: unknown; error?: unknown };
  if (typeof body.error === "string") throw new DemoFailure(body.error, "The worker's call failed.");
  expect(
    body.success === true && Array.isArray(body.result),
    `The call answered ${answer.status} without devices.`,
  );
  expect(body.result.length > 0, "The account has no devices.");
  expect(!/local_key|access_token|refresh_token/.test(answer.text), "The worker lets a key or a token out.");
  const seen = (await cloud.requests()).slice(before);
  const accepted = seen.some(
    ({ target, verdict }) => target.endsWith(`/users/${uid}/devices`) && verdict === "ok",
  );
  expect(accepted, "The cloud has not seen a signed call for the devices.");
  return body.result.length;
}

/** Lets the access token expire, calls again, and checks that one refresh was enough. */
async function refresh(options: LinkOptions, uid: string): Promise<number> {
  const { cloud } = options;
  await cloud.expireTokens();
  const before = (await cloud.requests()).length;
  const devices = await callDevices(options, uid);
  const refreshes = (await cloud.requests())
    .slice(before)
    .filter(({ target }) => /\/token\/[^/]+$/.test(target));
  expect(refreshes.length === 1, `The worker refreshed ${refreshes.length} times, not once.`);
  expect(refreshes[0]?.verdict === "ok", `The cloud refused the refresh: ${refreshes[0]?.verdict}.`);
  return devices;
}

/** What a page of the cloud says in its error, or its heading. */
function sentence(page: Page): string {
  const html = page.html();
  return (html.querySelector('[role="alert"]') ?? html.querySelector("h1"))?.text.trim() ?? "no reason given";
}

/**
 * A login whose code this page takes: the worker opens it, the authorization page sends the browser back
 * here, and the page checks the callback and hands the code over.
 */

import { parseCallback, ready } from "tuya-auth";

import { ApiError, exchangeCode, startLogin } from "./api.js";

/** What this tab remembers of the login it opened. */
interface PendingLogin {
  dataCenter: string;
  state: string;
}

const storageKey = "pending-login";
const callbackPath = /^\/auth\/callback\/([a-z]+)$/;

/** Opens a login and leaves for the authorization page. */
export async function leaveForLogin(dataCenter: string): Promise<void> {
  const { url, state } = await startLogin(dataCenter);
  sessionStorage.setItem(storageKey, JSON.stringify({ dataCenter, state } satisfies PendingLogin));
  location.assign(url);
}

/** Whether the browser has come back from the authorization page to this page. */
export function isCallback(url: URL): boolean {
  return callbackPath.test(url.pathname);
}

/**
 * Checks the callback and hands its code to the worker, which opens the session. The pending login is spent
 * whatever comes of it.
 *
 * @throws TuyaAuthError for a callback that is not the answer to this tab's login.
 * @throws ApiError when this tab has opened no login, or the worker refuses the code.
 */
export async function completeLogin(url: URL): Promise<void> {
  const { dataCenter, state } = takePending();
  await ready();
  const answer = parseCallback(url, { state, dataCenter });
  await exchangeCode(dataCenter, answer.code, answer.state);
}

function takePending(): PendingLogin {
  const stored = sessionStorage.getItem(storageKey);
  sessionStorage.removeItem(storageKey);
  if (stored === null) throw new ApiError("session_missing");
  return JSON.parse(stored) as PendingLogin;
}

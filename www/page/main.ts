/** The page: links an account of the smart home app and shows its devices. */

import { dataCenters } from "tuya-auth";

import {
  fetchDevices,
  fetchOffered,
  fetchSession,
  loginUrl,
  logout,
  type OfferedDataCenter,
  type Session,
  unlink,
} from "./api.js";
import { completeLogin, isCallback, leaveForLogin } from "./page-login.js";
import { listen, showLinked, showLoading, showProblem, showUnlinked } from "./view.js";

let offered: readonly OfferedDataCenter[] = [];

listen({
  link: (dataCenter) => void link(dataCenter),
  signOut: () => void leave("Signing out…", logout),
  unlink: () => void leave("Unlinking…", unlink),
  retry: () => void refresh("Loading…"),
});
// A browser may bring back the page as it was left for the authorization page, still waiting.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) void refresh("Loading…");
});
void arrive(new URL(location.href));

/** The first thing after a page load: a plain visit, a failed login or a callback with a code. */
async function arrive(url: URL): Promise<void> {
  const failure = url.searchParams.get("link_error");
  // Neither a code nor an error belongs in the history, where a reload would meet it again.
  if (isCallback(url) || failure !== null) history.replaceState(null, "", "/");
  if (!isCallback(url)) return refresh("Loading…", failure ?? undefined);
  showLoading("Linking your account…");
  try {
    await completeLogin(url);
  } catch (error) {
    return refresh("Loading…", codeOf(error));
  }
  return refresh("Loading your devices…");
}

/** Asks who is linked and shows it, with `failure` (an error code) above it when something went wrong before. */
async function refresh(text: string, failure?: string): Promise<void> {
  showLoading(text);
  try {
    const [session, config] = await Promise.all([fetchSession(), fetchOffered()]);
    offered = config;
    if (session.linked) await showAccount(session);
    else showUnlinked(regions());
  } catch (error) {
    return showProblem(codeOf(error), true);
  }
  if (failure !== undefined) showProblem(failure, false);
}

/** Shows the linked account. One that has to be linked again is shown as one that is not linked. */
async function showAccount({ uid, dataCenter }: Session & { linked: true }): Promise<void> {
  const region = dataCenters.find(({ code }) => code === dataCenter)?.name ?? dataCenter;
  try {
    showLinked({ uid, region, devices: await fetchDevices(uid) });
  } catch (error) {
    const code = codeOf(error);
    if (code === "relink_required") showUnlinked(regions());
    else showLinked({ uid, region });
    showProblem(code, code !== "relink_required");
  }
}

/** Leaves for the authorization page, by the way that the worker offers for the data center. */
async function link(dataCenter: string): Promise<void> {
  showLoading("Going to the login page…");
  const callback = offered.find(({ code }) => code === dataCenter)?.callback;
  if (callback !== "page") return location.assign(loginUrl(dataCenter));
  try {
    await leaveForLogin(dataCenter);
  } catch (error) {
    showUnlinked(regions());
    showProblem(codeOf(error), false);
  }
}

/** Ends the session by `end`, then shows what holds now. */
async function leave(text: string, end: () => Promise<void>): Promise<void> {
  showLoading(text);
  try {
    await end();
  } catch (error) {
    return refresh("Loading…", codeOf(error));
  }
  return refresh("Loading…");
}

/** The data centers to choose from: those that the worker offers, with the names that the package knows. */
function regions(): { code: string; name: string }[] {
  return dataCenters.filter(({ code }) => offered.some((offer) => offer.code === code));
}

/** The stable code of a failure, of the package's or of this page's. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "unexpected";
}

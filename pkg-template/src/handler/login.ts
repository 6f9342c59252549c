import { createAuthorization } from "../authorization.js";
import { core } from "../core.js";
import { failure } from "../failure.js";
import type { Call } from "./call.js";
import type { Site } from "./config.js";
import { LOGIN_TTL, openLogin } from "./logins.js";
import { json, redirect } from "./responses.js";
import { localPath } from "./return-to.js";
import { currentSubject } from "./subject.js";

/** A login that was begun. */
interface Begun {
  /** Where the browser goes: the authorization page. */
  readonly url: string;
  readonly state: string;
  /** In ms since the epoch. */
  readonly expiresAt: number;
  /** The `Set-Cookie` value that binds the login to this browser. */
  readonly cookie: string;
}

/** `GET login/{dc}?return_to=/…`: begins a login and sends the browser to the authorization page. */
export async function login(call: Call, site: Site): Promise<Response> {
  const { url, cookie } = await begin(call, site, returnToOf(call));
  return redirect(url, [cookie]);
}

/** `POST start/{dc}`: begins a login for a page that takes the code itself. */
export async function start(call: Call, site: Site): Promise<Response> {
  const { url, state, expiresAt, cookie } = await begin(call, site, "/");
  return json({ url, state, expiresAt }, { cookies: [cookie] });
}

async function begin({ config, request }: Call, site: Site, returnTo: string): Promise<Begun> {
  const { dataCenter, page, redirectUri } = site;
  const subject = await currentSubject(config, request);
  const { url, state } = createAuthorization(core, {
    page,
    redirectUri,
    dataCenter,
    clientId: config.clientId,
  });
  const known = config.cookies.read(request, "login");
  const { secret, expiresAt } = await openLogin(config, state, known, { dataCenter, returnTo, subject });
  return { url, state, expiresAt, cookie: config.cookies.write("login", secret, LOGIN_TTL) };
}

/** Where to go after the link: `return_to` of the query, once, or the origin's root. */
function returnToOf({ config, url }: Call): string {
  const given = url.searchParams.getAll("return_to");
  const path = given.length > 1 ? undefined : localPath(given[0] ?? "/", config.origin);
  if (path === undefined) throw failure("parameter_invalid", { detail: "return_to" });
  return path;
}

import { type Callback, parseCallback } from "../authorization.js";
import { core } from "../core.js";
import { TuyaAuthError } from "../errors.js";
import { failure } from "../failure.js";
import { readBody } from "./body.js";
import type { Call } from "./call.js";
import type { Site } from "./config.js";
import { completeLink } from "./link.js";
import { takeLogin } from "./logins.js";
import { json, redirect } from "./responses.js";

/**
 * `GET callback/{dc}`: what the authorization page sends the browser back with.
 *
 * Checked in this order: shape, cookie, login, browser and data center; then the login is used up; then the page's
 * error; then the code is exchanged.
 */
export async function callback(call: Call, site: Site): Promise<Response> {
  const { login, completed } = await complete(call, site, call.url.search);
  return redirect(`${call.config.origin}${login.returnTo}`, [completed.cookie]);
}

/** Longest body of an exchange, in bytes. */
const MAX_BODY = 16 * 1024;

/** `POST exchange/{dc}` with `{ code, state }`: the code that a page took, checked as a callback is. */
export async function exchange(call: Call, site: Site): Promise<Response> {
  const { completed } = await complete(call, site, await queryOfBody(call.request));
  return json({ linked: true, ...completed.session }, { cookies: [completed.cookie] });
}

async function complete(call: Call, site: Site, query: string) {
  const { config, request } = call;
  const state = new URLSearchParams(query).get("state") ?? "";
  const outcome = read(query, state, site.dataCenter);
  const login = await takeLogin(config, state, config.cookies.read(request, "login"), site.dataCenter);
  if (outcome instanceof TuyaAuthError) throw outcome;
  return { login, completed: await completeLink(call, site, login, outcome.code) };
}

/** Failures that show before anything is looked up. */
const SHAPE: readonly string[] = ["callback_malformed", "state_missing", "state_mismatch"];

/**
 * Reads a callback against its own state: whether that is a login's is for the store to say. What is wrong with its
 * shape is thrown; the page's error, and a data center that is not this one, are returned to be told in their turn.
 */
function read(query: string, state: string, dataCenter: string): Callback | TuyaAuthError {
  try {
    return parseCallback(core, query, { state, dataCenter });
  } catch (error) {
    if (!(error instanceof TuyaAuthError) || SHAPE.includes(error.code)) throw error;
    return error;
  }
}

/** The body's code and state as the query of a callback. */
async function queryOfBody(request: Request): Promise<string> {
  const body = await readBody(request, MAX_BODY);
  const { code, state } = body === undefined ? {} : fieldsOf(new TextDecoder().decode(body));
  if (typeof code !== "string" || typeof state !== "string") throw failure("callback_malformed");
  return new URLSearchParams({ code, state }).toString();
}

function fieldsOf(text: string): { code?: unknown; state?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

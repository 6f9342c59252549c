import { TuyaAuthError } from "../errors.js";
import { allowedCall } from "./api-rules.js";
import { readBody } from "./body.js";
import type { Call } from "./call.js";
import { withoutLocalKeys } from "./local-keys.js";
import { isSafe } from "./request-checks.js";
import { answer, text } from "./responses.js";
import { requireSession } from "./session-routes.js";

/** Longest body that is sent on, in bytes. */
const MAX_BODY = 1024 * 1024;

/** The headers that are sent on. */
const FORWARDED = ["Accept", "Content-Type", "lang"];

/** Statuses whose answers have no body (the fetch standard's null body statuses). */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/**
 * `ANY api/…`: a call of the OpenAPI, signed for the linked user, if a rule allows it. The cloud's status,
 * `Content-Type` and body come back, without `local_key`s unless the rule lets them through.
 *
 * @param path what follows `api`, beginning with a slash
 */
export async function api(call: Call, path: string): Promise<Response> {
  const { config, request, url, waitUntil } = call;
  const { uid, dataCenter } = await requireSession(call);
  const allowed = allowedCall(config.rules, request.method, path, uid);
  const site = config.sites.get(dataCenter);
  if (allowed === undefined || site === undefined || namesAnother(url, uid)) {
    throw new TuyaAuthError("permission_denied", { detail: "the application does not offer this call" });
  }
  const init: RequestInit = { method: request.method, headers: forwardedHeaders(request) };
  if (!isSafe(request.method)) {
    const body = await readBody(request, MAX_BODY);
    if (body === undefined) return text(413, "The body is too long.\n");
    if (body.byteLength > 0) init.body = body;
  }
  const calls = site.client.forUser(uid, { waitUntil });
  return returned(await calls.fetch(`${allowed.path}${url.search}`, init), allowed.exposeLocalKeys);
}

/** Whether the query names another user than the linked one. */
function namesAnother({ searchParams }: URL, uid: string): boolean {
  return searchParams.getAll("uid").some((named) => named !== uid);
}

function forwardedHeaders(request: Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of FORWARDED) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return headers;
}

/** Nothing that the cloud answers may run as a page of this origin. */
const INERT = { "Content-Security-Policy": "default-src 'none'; sandbox" };

async function returned(response: Response, exposeLocalKeys: boolean): Promise<Response> {
  const { status, headers } = response;
  const bytes = await response.arrayBuffer();
  const body = WITHOUT_BODY.includes(status) ? null : exposeLocalKeys ? bytes : withoutLocalKeys(bytes);
  return answer(status, { body, contentType: headers.get("Content-Type") ?? undefined, headers: INERT });
}

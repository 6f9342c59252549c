import { isJson, type Read } from "../client/caller.js";
import { targetUnder } from "../client/outgoing.js";
import type { TokenRecord } from "../client/records.js";
import { failure } from "../failure.js";
import { allowedCall } from "./api-rules.js";
import { readBody } from "./body.js";
import type { Call } from "./call.js";
import { withoutLocalKeys } from "./local-keys.js";
import { isSafe } from "./request-checks.js";
import { answer, text } from "./responses.js";
import { requireSession } from "./session-routes.js";
import type { Session } from "./sessions.js";

/** Longest body that is sent on, in bytes. */
const MAX_BODY = 1024 * 1024;

/** The headers that are sent on, by lower-case name. */
const FORWARDED = ["accept", "content-type", "lang"];

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
  let early:
    | { readonly of: Session; readonly found: Promise<TokenRecord | undefined> | undefined }
    | undefined;
  const hasBody = !isSafe(request.method);
  const { uid, dataCenter } = await requireSession(call, (session) => {
    // While a body comes, the link may end: tokens are read after it.
    if (hasBody) return;
    // Read with the session's link, not after it, and used if that holds. Who reads them in vain hears of no failure.
    const found = config.sites.get(session.dataCenter)?.project.records.read(session.uid);
    found?.catch(() => undefined);
    early = { of: session, found };
  });
  const allowed = allowedCall(config.rules, request.method, path, uid);
  const site = config.sites.get(dataCenter);
  if (allowed === undefined || site === undefined || namesAnother(url, uid)) {
    throw failure("permission_denied", { detail: "the application does not offer this call" });
  }
  const body = hasBody ? await readBody(request, MAX_BODY) : new Uint8Array();
  if (body === undefined) return text(413, "The body is too long.\n");
  // Another session may have been taken up since.
  const isSame = early?.of.uid === uid && early.of.dataCenter === dataCenter;
  const passed = await site.project.caller(uid, { waitUntil }).send(
    {
      method: request.method,
      url: targetUnder(site.project.base, `${allowed.path}${url.search}`),
      headers: forwardedHeaders(request),
      body: body.byteLength > 0 ? body : undefined,
    },
    readPassed,
    { found: isSame ? early?.found : undefined },
  );
  return returned(passed, allowed.exposeLocalKeys);
}

/** What a call that was passed on came to. */
interface PassedAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: ArrayBuffer;
}

/** Reads an answer to the end, whatever it says. */
async function readPassed(response: Response): Promise<Read<PassedAnswer>> {
  const { status, headers } = response;
  const body = await response.arrayBuffer();
  const answer = { status, contentType: headers.get("content-type") ?? undefined, body };
  return { answer, json: isJson(response) ? new TextDecoder().decode(body) : "" };
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

function returned({ status, contentType, body: bytes }: PassedAnswer, exposeLocalKeys: boolean): Response {
  const body = WITHOUT_BODY.includes(status) ? null : exposeLocalKeys ? bytes : withoutLocalKeys(bytes);
  return answer(status, { body, contentType, headers: INERT });
}

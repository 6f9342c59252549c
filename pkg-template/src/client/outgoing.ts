import * as check from "../check.js";
import { argumentError } from "../errors.js";
import { type HeadersInput, headerPairs, SIGNING_HEADERS } from "../signer-request.js";
import type { CallRequest } from "./options.js";
import { targetOf } from "./target.js";

/** A request ready to be signed. */
export interface Outgoing {
  readonly method: string;
  /** Path and query, without a base path. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
}

/**
 * A call as it is sent.
 *
 * @throws `TypeError` of code `invalid_url`, `invalid_argument`, `invalid_header` or `invalid_method`
 */
export function outgoingCall(request: CallRequest): Outgoing {
  const { method = "GET", body, headers } = check.options(request, "request");
  check.text(method, "method", "invalid_method");
  if (body !== undefined && /^(GET|HEAD)$/i.test(method)) {
    throw argumentError("invalid_argument", `body of a ${method}`);
  }
  const given = ownHeaders(headers ?? {});
  const url = targetOf(request);
  if (body === undefined) return { method, url, headers: given };
  const [type, content] = encoded(body);
  return { method, url, headers: { "content-type": type, ...given }, body: content };
}

/**
 * What `fetch` was given, as it is sent.
 *
 * @param base the OpenAPI's address, which the URL must lie under
 * @throws `TypeError` of code `invalid_url` when it does not
 */
export async function outgoingFetch(
  base: string,
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<Outgoing & { readonly signal: AbortSignal | undefined }> {
  const request = new Request(
    typeof input === "string" && input.startsWith("/") ? base + input : input,
    init,
  );
  const url = below(base, request.url);
  const body = new Uint8Array(await request.arrayBuffer());
  return {
    method: request.method,
    url,
    headers: ownHeaders(request.headers),
    // Not that of the request made here: on Node it is forgotten with its request.
    signal:
      (init?.signal === undefined && input instanceof Request ? input.signal : init?.signal) ?? undefined,
    body: body.length === 0 ? undefined : body,
  };
}

/**
 * A path with its query as a URL parser writes them, so that the bytes that are signed are those that are sent.
 *
 * @param path begins with a slash
 * @throws `TypeError` of code `invalid_url` when it leads out of the OpenAPI's address
 */
export function targetUnder(base: string, path: string): string {
  return below(base, new URL(base + path).href);
}

function below(base: string, url: string): string {
  if (!url.startsWith(`${base}/`)) throw argumentError("invalid_url", "not under the OpenAPI's address");
  return url.slice(base.length).replace(/#.*$/s, "");
}

function ownHeaders(headers: HeadersInput): Record<string, string> {
  const pairs = headerPairs(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const taken = pairs.find(([name]) => SIGNING_HEADERS.test(name));
  if (taken !== undefined) throw argumentError("invalid_header", taken[0]);
  return Object.fromEntries(pairs);
}

function encoded(body: unknown): [contentType: string, content: string | Uint8Array<ArrayBuffer>] {
  if (typeof body === "string") return ["application/json", body];
  if (body instanceof Uint8Array) return ["application/json", new Uint8Array(body)];
  if (body instanceof URLSearchParams) return ["application/x-www-form-urlencoded", body.toString()];
  const json = body === null ? undefined : JSON.stringify(body);
  if (json === undefined) throw argumentError("invalid_argument", "body");
  return ["application/json", json];
}

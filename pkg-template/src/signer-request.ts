import * as check from "./check.js";
import type { ContentHash } from "./content-hash.js";
import { argumentError } from "./errors.js";
import { freshNonce } from "./nonce.js";
import { type BodyParts, bodyOf } from "./signer-body.js";
import type { WebHeaders, WebURL, WebURLSearchParams } from "./web-types.js";

/** Headers in any of the forms in which programs hold them. */
export type HeadersInput =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [string, string]>
  | WebHeaders;

/** A request to sign. */
export interface SignRequest {
  /** `GET` by default. */
  readonly method?: string | undefined;
  /** Absolute, or beginning with its path. A base path that the cloud does not see must be cut off. */
  readonly url: string | WebURL;
  readonly headers?: HeadersInput | undefined;
  /** Names of headers to sign, in the order in which `Signature-Headers` will name them; looked up without case. */
  readonly signedHeaders?: readonly string[] | undefined;
  /**
   * The body as it will be sent. `URLSearchParams`, and a body whose `Content-Type` says so, is a form: its pairs are
   * signed with the query's. A body that is not held as a whole is given as its `ContentHash`.
   */
  readonly body?: string | Uint8Array | WebURLSearchParams | ContentHash | undefined;
  /** Is signed when given; token calls are signed without. */
  readonly accessToken?: string | undefined;
  /** Ms since the epoch, 13 digits; now by default. */
  readonly t?: number | string | undefined;
  /** A fresh UUID by default; the empty string is none. */
  readonly nonce?: string | undefined;
}

/** A request to verify, as it arrived. */
export interface VerifyRequest extends SignRequest {
  readonly headers: HeadersInput;
  readonly body?: string | Uint8Array | WebURLSearchParams | undefined;
  /** In place of the header. */
  readonly sign?: string | undefined;
  /** The server's time in ms since the epoch; the clock's by default. */
  readonly now?: number | undefined;
}

/** A request as the modules take it. */
export interface RequestParts {
  readonly method: string;
  readonly url: string;
  /** The headers to sign: name, value, name, value…. */
  readonly signed: readonly string[];
  readonly body: BodyParts;
}

/** What distinguishes one signing from another of the same request. */
export interface StampParts {
  readonly accessToken: string | undefined;
  /** Ms since the epoch; what is no time stays so, for the core to refuse. */
  readonly t: string;
  readonly nonce: string;
}

/** The headers that signing sets. */
export const SIGNING_HEADERS =
  /^(client_id|sign|t|sign_method|nonce|access_token|signature-headers|identifier)$/i;

const NONE: readonly string[] = [];

/** @throws `TypeError` for wrong types, a signed header that is absent, and a form that is not UTF-8 */
export function partsOf(request: SignRequest): RequestParts {
  const { method = "GET", headers, signedHeaders, body } = check.options(request, "request");
  return {
    method: check.text(method, "method", "invalid_method"),
    url: check.urlText(request.url, "url"),
    signed: signedHeaders === undefined ? NONE : signedPairs(signedHeaders, headers),
    body: bodyOf(body, headers),
  };
}

/** Token, time and nonce, with their defaults. */
export function stampOf(request: SignRequest): StampParts {
  return {
    accessToken: check.optionalText(request.accessToken, "accessToken"),
    t: timeOf(request.t),
    nonce: check.optionalText(request.nonce, "nonce") ?? freshNonce(),
  };
}

/** What arrived, by lower-case name, with what the caller gave in its place. */
export function receivedHeaders(request: VerifyRequest): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of headerPairs(request.headers)) {
    if (!headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value);
  }
  const { sign, t, nonce, accessToken, signedHeaders } = request;
  const given = { sign, t, nonce, access_token: accessToken, "signature-headers": signedHeaders?.join(":") };
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) headers.set(name, String(value));
  return headers;
}

/** The headers to sign as name, value, name, value…, under the names as `names` writes them. */
function signedPairs(names: readonly string[], headers: HeadersInput | undefined): string[] {
  if (!Array.isArray(names)) throw argumentError("invalid_argument", "signedHeaders");
  const pairs = headerPairs(headers ?? []);
  return names.flatMap((name) => {
    const wanted = check.text(name, "signedHeaders").toLowerCase();
    const [found, another] = pairs.filter(([known]) => known.toLowerCase() === wanted);
    // HTTP clients join the values of a name that is given twice.
    if (found === undefined || another !== undefined) throw argumentError("invalid_header", name);
    return [name, found[1]];
  });
}

/** Names and values, whatever form they come in; names without a value are left out, lists joined by commas. */
export function headerPairs(headers: HeadersInput): (readonly [name: string, value: string])[] {
  check.options(headers, "headers");
  const entries = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  const pairs: (readonly [string, string])[] = [];
  for (const [name, given] of entries) {
    if (given === undefined) continue;
    const value: unknown = Array.isArray(given) ? given.join(", ") : given;
    if (typeof name !== "string" || typeof value !== "string")
      throw argumentError("invalid_header", String(name));
    pairs.push([name, value]);
  }
  return pairs;
}

/** Ms since the epoch in ASCII; what is no time stays so, for the core to refuse. */
function timeOf(t: number | string | undefined = Date.now()): string {
  return typeof t === "number" || (typeof t === "string" && /^\d{13}$/.test(t)) ? String(t) : "";
}

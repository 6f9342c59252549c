import * as check from "./check.js";
import { argumentError } from "./errors.js";
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
   * signed with the query's.
   */
  readonly body?: string | Uint8Array | WebURLSearchParams | undefined;
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
  /** In place of the header. */
  readonly sign?: string | undefined;
  /** The server's time in ms since the epoch; the clock's by default. */
  readonly now?: number | undefined;
}

/** A body as the core takes it: bytes, or the text of a form. */
export interface BodyParts {
  readonly bytes: Uint8Array | undefined;
  readonly form: string | undefined;
}

/** A request as the modules take it. */
export interface RequestParts extends BodyParts {
  readonly method: string;
  readonly url: string;
  /** The headers to sign: name, value, name, value…. */
  readonly signed: string[];
}

/** What distinguishes one signing from another of the same request. */
export interface StampParts {
  readonly accessToken: string | undefined;
  readonly t: number;
  readonly nonce: string | undefined;
}

/** The headers that signing sets. */
export const SIGNING_HEADERS =
  /^(client_id|sign|t|sign_method|nonce|access_token|signature-headers|identifier)$/i;

const FORM = "application/x-www-form-urlencoded";
const NO_BODY: BodyParts = { bytes: undefined, form: undefined };

/** @throws `TypeError` for wrong types, a signed header that is absent, and a form that is not UTF-8 */
export function partsOf(request: SignRequest): RequestParts {
  const { method = "GET", headers, signedHeaders, body } = check.options(request, "request");
  return {
    method: check.text(method, "method", "invalid_method"),
    url: check.urlText(request.url, "url"),
    signed: signedHeaders === undefined ? [] : signedPairs(signedHeaders, headers),
    ...bodyOf(body, headers),
  };
}

/** Token, time and nonce, with their defaults. */
export function stampOf(request: SignRequest): StampParts {
  return {
    accessToken: check.optionalText(request.accessToken, "accessToken"),
    t: timeOf(request.t),
    // The runtime's UUIDs come from a pool; where it has none, the module draws its own.
    nonce: check.optionalText(request.nonce, "nonce") ?? globalThis.crypto?.randomUUID?.(),
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

/** @throws `TypeError` of code `invalid_argument`, or `bad_escape` for a form that is not UTF-8 */
function bodyOf(body: SignRequest["body"], headers: HeadersInput | undefined): BodyParts {
  if (body === undefined) return NO_BODY;
  if (body instanceof URLSearchParams) return { bytes: undefined, form: body.toString() };
  const isForm = headers !== undefined && mediaType(headers) === FORM;
  if (typeof body === "string") {
    return isForm
      ? { bytes: undefined, form: body }
      : { bytes: new TextEncoder().encode(body), form: undefined };
  }
  if (!(body instanceof Uint8Array)) throw argumentError("invalid_argument", "body");
  return isForm ? { bytes: undefined, form: decoded(body) } : { bytes: body, form: undefined };
}

/** The bytes of a body that arrived. */
export function bytesOf(body: SignRequest["body"]): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(
    body instanceof URLSearchParams ? body.toString() : check.text(body ?? "", "body"),
  );
}

function mediaType(headers: HeadersInput): string | undefined {
  const value = headerPairs(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return value?.split(";", 1)[0]?.trim().toLowerCase();
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw argumentError("bad_escape", "body");
  }
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

/** Ms since the epoch as a number; what is no time stays so, for the core to refuse. */
function timeOf(t: number | string | undefined): number {
  if (t === undefined) return Date.now();
  if (typeof t === "number") return t;
  return typeof t === "string" && /^\d{13}$/.test(t) ? Number(t) : Number.NaN;
}

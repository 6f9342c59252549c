import * as check from "../check.js";
import { argumentError } from "../errors.js";
import type { CallRequest } from "./options.js";

/** What a URL's path and query may hold as it is; the rest must be percent-encoded (RFC 3986, section 3.3). */
const PATH = /^\/[\w\-.~!$&'()*+,;=:@%/?]*$/;
const DOT_SEGMENT = /\/(\.|%2e){1,2}(\/|\?|$)/i;

/**
 * Path and query of a call, as they are signed and sent.
 *
 * @throws `TypeError` of code `invalid_url` for a path that a URL parser would rewrite, so that other bytes would be
 * sent than signed, or another resource reached than meant; `invalid_argument` for a value that no query can hold
 */
export function targetOf({ path, query = {} }: CallRequest): string {
  check.text(path, "path", "invalid_url", PATH);
  if (DOT_SEGMENT.test(path)) throw argumentError("invalid_url", "path");
  const encoded = encodeQuery(query);
  if (encoded === "") return path;
  return `${path}${path.includes("?") ? "&" : "?"}${encoded}`;
}

function encodeQuery(query: NonNullable<CallRequest["query"]>): string {
  return check
    .pairs(query, "query")
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(plain(value, key))}`)
    .join("&");
}

function plain(value: unknown, key: string): string {
  return Array.isArray(value) ? value.map((item) => scalar(item, key)).join(",") : scalar(value, key);
}

function scalar(value: unknown, key: string): string {
  const fits = /^(string|boolean|bigint)$/.test(typeof value) || Number.isFinite(value);
  if (!fits) throw argumentError("invalid_argument", `query.${key}`);
  return String(value);
}

import { argumentError } from "../errors.js";
import type { CallRequest } from "./options.js";

/** What a URL's path and query may hold as it is; the rest must be percent-encoded (RFC 3986, section 3.3). */
const PATH = /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*(\?[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*)?$/;
const DOT_SEGMENT = /\/(\.|%2e){1,2}(\/|\?|$)/i;

/**
 * Path and query of a call, as they are signed and sent.
 *
 * @throws `TypeError` of code `invalid_url` for a path that a URL parser would rewrite, so that other bytes would be
 * sent than signed, or another resource reached than meant; `invalid_argument` for a value that no query can hold
 */
export function targetOf({ path, query }: CallRequest): string {
  if (typeof path !== "string" || !PATH.test(path) || DOT_SEGMENT.test(path)) {
    throw argumentError("invalid_url", "path");
  }
  const encoded = query === undefined ? "" : encodeQuery(query);
  if (encoded === "") return path;
  return `${path}${path.includes("?") ? "&" : "?"}${encoded}`;
}

function encodeQuery(query: NonNullable<CallRequest["query"]>): string {
  if (typeof query !== "object" || query === null) throw argumentError("invalid_argument", "query");
  const pairs = query instanceof URLSearchParams ? [...query] : Object.entries(query);
  return pairs
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(plain(value, key))}`)
    .join("&");
}

function plain(value: unknown, key: string): string {
  return Array.isArray(value) ? value.map((item) => scalar(item, key)).join(",") : scalar(value, key);
}

function scalar(value: unknown, key: string): string {
  const fits =
    typeof value === "string" ||
    typeof value === "boolean" ||
    typeof value === "bigint" ||
    (typeof value === "number" && Number.isFinite(value));
  if (!fits) throw argumentError("invalid_argument", `query.${key}`);
  return String(value);
}

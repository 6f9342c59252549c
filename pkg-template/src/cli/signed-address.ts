import { UsageError } from "./command.js";

/** Where a request goes, and what is signed of that. */
export interface Address {
  readonly url: string;
  readonly signed: string;
}

/**
 * Parts a URL at its base, whose path is not signed.
 *
 * @param base the address of an OpenAPI; without it the whole path is signed
 * @throws UsageError when an absolute URL does not lie under the base
 */
export function addressOf(url: string, base: string | undefined): Address {
  if (base === undefined) return { url, signed: url };
  const start = base.replace(/\/+$/, "");
  if (url.startsWith("/")) return { url: `${start}${url}`, signed: url };
  if (!url.startsWith(`${start}/`)) throw new UsageError("the URL does not lie under --base");
  return { url, signed: url.slice(start.length) };
}

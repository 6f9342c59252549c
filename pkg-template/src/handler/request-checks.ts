import { handlerFailure } from "./failures.js";

/** Whether a method only reads (RFC 9110, section 9.2.1, without the ones that no route takes). */
export function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

/**
 * Refuses a request that may change something unless the application's own pages sent it: `Origin` equals the
 * configured one, or the browser vouches for it with `Sec-Fetch-Site: same-origin`. The latter alone serves pages
 * whose referrer policy makes their `Origin` `null`; it does not excuse a differing one.
 *
 * @throws TuyaAuthError `origin_mismatch`
 */
export function checkOrigin(request: Request, origin: string): void {
  if (isSafe(request.method)) return;
  const sent = request.headers.get("Origin");
  if (sent === origin) return;
  const vouched = request.headers.get("Sec-Fetch-Site") === "same-origin";
  if (vouched && (sent === null || sent === "null")) return;
  throw handlerFailure("origin_mismatch");
}

/** Whether nobody has asked for the page yet: a `HEAD`, or a browser that loads links ahead of a click. */
export function isSpeculative(request: Request): boolean {
  if (request.method === "HEAD") return true;
  const purposes = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];
  return purposes.some((name) => /prefetch|prerender|preview/i.test(request.headers.get(name) ?? ""));
}

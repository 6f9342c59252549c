import type { Call } from "./call.js";
import type { Config } from "./config.js";
import { errorPage } from "./error-page.js";
import { describeUnexpected } from "./events.js";
import { type Failure, failureOf } from "./failures.js";
import { checkOrigin, isSpeculative } from "./request-checks.js";
import { answer, json, redirect, text } from "./responses.js";
import { withParameter } from "./return-to.js";
import { type Route, routeOf } from "./router.js";

/** Answers a request by its route; whatever goes wrong becomes an answer too. */
export async function dispatch(
  config: Config,
  request: Request,
  waitUntil: Call["waitUntil"],
): Promise<Response> {
  const url = new URL(request.url);
  const route = routeOf(config, url.pathname);
  if (route === undefined) return text(404, "There is nothing here.\n");
  if (route.methods !== undefined && !route.methods.includes(request.method)) {
    return text(405, "This method does nothing here.\n", { Allow: route.methods.join(", ") });
  }
  const cookies: string[] = [];
  const response = await answered(route, { config, request, url, cookies, waitUntil });
  return await bodiless(request, withCookies(response, cookies));
}

async function answered(route: Route, call: Call): Promise<Response> {
  const { config, request, waitUntil } = call;
  try {
    checkOrigin(request, config.origin);
    if (route.isNavigation && isSpeculative(request)) return speculative(request);
    const work = route.handle(call);
    // What a route has begun it ends, although the browser goes away: a login that is used up must become a link.
    if (!route.endsWithBrowser) waitUntil?.(work.catch(() => undefined));
    return await work;
  } catch (error) {
    return failed(config, route, error);
  }
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  if (cookies.length === 0) return response;
  const own = response.headers.getSetCookie();
  response.headers.delete("Set-Cookie");
  for (const cookie of [...cookies, ...own]) response.headers.append("Set-Cookie", cookie);
  return response;
}

/**
 * Nobody has come yet, so nothing is begun and nothing used up. A browser that loads ahead drops an answer that is no
 * success, and asks again when it is clicked.
 */
function speculative(request: Request): Response {
  return request.method === "HEAD" ? answer(204) : text(503, "Not ahead of time.\n");
}

function failed(config: Config, route: Route, error: unknown): Response {
  const failure = failureOf(error);
  const { code } = failure;
  const details = code === "internal_error" ? { error: describeUnexpected(error) } : {};
  config.emit({ type: "request_failed", route: route.name, code, ...details });
  if (!route.isNavigation) return json(publicPart(failure), { status: failure.status });
  if (config.errorPath === undefined) return errorPage(failure);
  return redirect(`${config.origin}${withParameter(config.errorPath, config.origin, "link_error", code)}`);
}

function publicPart({ code, message, retryable, action }: Failure): object {
  return { error: code, message, retryable, ...(action !== undefined && { action }) };
}

/** A `HEAD` is answered as its `GET`, without the body. */
async function bodiless(request: Request, response: Response): Promise<Response> {
  if (request.method !== "HEAD") return response;
  await response.body?.cancel();
  return new Response(null, response);
}

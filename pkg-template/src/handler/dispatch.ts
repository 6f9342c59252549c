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
  try {
    checkOrigin(request, config.origin);
    if (route.isNavigation && isSpeculative(request)) return speculative(request);
    return await bodiless(request, await route.handle({ config, request, url, waitUntil }));
  } catch (error) {
    return await bodiless(request, failed(config, route, error));
  }
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

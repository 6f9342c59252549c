/**
 * Account linking on Cloudflare Workers: the package's routes under `/auth`, a page in front of them, and
 * links kept in Durable Objects.
 */

import { durableObjectStore, TuyaStoreObject } from "tuya-auth/durable-object";
import { type AuthHandler, createAuthHandler } from "tuya-auth/handler";

import type { Env } from "./env.js";
import { withSecurityHeaders } from "./security-headers.js";

export { TuyaStoreObject };

const authPath = "/auth";

export default {
  async fetch(request, env, context) {
    return withSecurityHeaders(await respond(request, env, context));
  },
} satisfies ExportedHandler<Env>;

async function respond(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/config.json") return Response.json(pageConfig(env));
  if (isPageCallback(pathname, env)) return env.ASSETS.fetch(new URL("/", request.url));
  if (pathname.startsWith(`${authPath}/`)) {
    return authHandler(env).fetch(request, context);
  }
  return env.ASSETS.fetch(request);
}

/** By the environment that they were made of: a deployment may bring another one to an isolate that runs on. */
const handlers = new WeakMap<Env, AuthHandler>();

/** Made once: it holds the keys ready, and nothing that belongs to one request. */
function authHandler(env: Env): AuthHandler {
  const handler = handlers.get(env) ?? createHandler(env);
  handlers.set(env, handler);
  return handler;
}

function createHandler(env: Env): AuthHandler {
  return createAuthHandler({
    clientId: env.TUYA_CLIENT_ID,
    secret: env.TUYA_CLIENT_SECRET,
    ...(env.TUYA_IDENTIFIER !== undefined && { identifier: env.TUYA_IDENTIFIER }),
    ...(env.TUYA_TIMEOUT !== undefined && { timeout: env.TUYA_TIMEOUT }),
    origin: env.ORIGIN,
    store: durableObjectStore(env.STORE),
    encryptionKeys: env.TUYA_ENCRYPTION_KEYS?.split(","),
    dataCenters: env.TUYA_DATA_CENTERS,
    basePath: authPath,
    errorPath: "/",
    api: ["GET /v1.0/users/{uid}/devices"],
  });
}

/** What the page must know to offer the data centers of this worker. */
function pageConfig(env: Env): { dataCenters: { code: string; callback: "server" | "page" }[] } {
  const dataCenters = Object.entries(env.TUYA_DATA_CENTERS).map(([code, { callback = "server" }]) => ({
    code,
    callback,
  }));
  return { dataCenters };
}

/** Whether this is where the authorization page sends browsers whose code the page itself takes. */
function isPageCallback(pathname: string, env: Env): boolean {
  return pageConfig(env).dataCenters.some(
    ({ code, callback }) => callback === "page" && pathname === `${authPath}/callback/${code}`,
  );
}

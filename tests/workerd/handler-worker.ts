/** A worker around one handler, kept for all requests: what one request waits for must not hang on another. */

import { durableObjectStore, type ObjectNamespace, TuyaStoreObject } from "tuya-auth/durable-object";
import { type AuthHandler, createAuthHandler, type HandlerContext } from "tuya-auth/handler";

export { TuyaStoreObject };

interface Env {
  STORE: ObjectNamespace<unknown>;
  ORIGIN: string;
  CLOUD: string;
  CLIENT_ID: string;
  CLIENT_SECRET: string;
}

let handler: AuthHandler | undefined;

export default {
  async fetch(request: Request, env: Env, context: HandlerContext): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const store = durableObjectStore(env.STORE);
    if (pathname === "/stored")
      return Response.json((await store.get(searchParams.get("key") ?? "")) ?? null);
    handler ??= createAuthHandler({
      clientId: env.CLIENT_ID,
      secret: env.CLIENT_SECRET,
      origin: env.ORIGIN,
      store,
      dataCenters: { us: { page: `${env.CLOUD}/us/d/login`, openapi: `${env.CLOUD}/us` } },
      api: ["GET /v1.0/users/{uid}/devices"],
    });
    return handler.fetch(request, context);
  },
};

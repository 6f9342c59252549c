/** A worker around one handler, kept for all requests: what one request waits for must not hang on another. */

import { durableObjectStore, type ObjectNamespace, TuyaStoreObject } from "tuya-auth/durable-object";
import { type AuthHandler, createAuthHandler, type HandlerContext } from "tuya-auth/handler";

import { steppingStore } from "../support/stepping-store.js";

export { TuyaStoreObject };

/** The header of requests whose steps are told (`tests/support/disconnects.ts`). */
const STEPPING = "X-Stepping";

interface Env {
  STORE: ObjectNamespace<unknown>;
  ORIGIN: string;
  CLOUD: string;
  CLIENT_ID: string;
  CLIENT_SECRET: string;
}

/** Each kept for all requests: with steps told, and without. */
const handlers = new Map<boolean, AuthHandler>();

export default {
  async fetch(request: Request, env: Env, context: HandlerContext): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/stored") {
      const stored = await durableObjectStore(env.STORE).get(searchParams.get("key") ?? "");
      return Response.json(stored ?? null);
    }
    const isStepping = request.headers.has(STEPPING);
    const handler = handlers.get(isStepping) ?? createHandler(env, isStepping);
    handlers.set(isStepping, handler);
    return handler.fetch(request, context);
  },
};

function createHandler(env: Env, isStepping: boolean): AuthHandler {
  const store = durableObjectStore(env.STORE);
  const pass = async (place: string) => void (await fetch(`${env.CLOUD}/step/${encodeURIComponent(place)}`));
  const { CLOUD } = env;
  return createAuthHandler({
    clientId: env.CLIENT_ID,
    secret: env.CLIENT_SECRET,
    origin: env.ORIGIN,
    store: isStepping ? steppingStore(store, pass) : store,
    dataCenters: {
      us: { page: `${CLOUD}/us/d/login`, openapi: `${CLOUD}/us` },
      eu: { page: `${CLOUD}/eu/d/login`, openapi: `${CLOUD}/eu`, callback: "page" },
    },
    api: ["GET /v1.0/users/{uid}/devices"],
  });
}

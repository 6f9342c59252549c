/** The handler as `www/worker` makes it, and beside it the same call with signing, session and tokens taken out. */

import { durableObjectStore, type ObjectNamespace, TuyaStoreObject } from "tuya-auth/durable-object";
import { createAuthHandler, type HandlerContext } from "tuya-auth/handler";

export { TuyaStoreObject };

interface Env {
  STORE: ObjectNamespace<unknown>;
  ORIGIN: string;
  CLOUD: string;
}

const PLAIN = "/plain/";

export default {
  async fetch(request: Request, env: Env, context: HandlerContext): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(PLAIN)) return plain(request, `${env.CLOUD}/${pathname.slice(PLAIN.length)}`);
    const handler = createAuthHandler({
      clientId: "client0id",
      secret: "secret0000000000000000000000000x",
      origin: env.ORIGIN,
      store: durableObjectStore(env.STORE),
      dataCenters: { us: { page: `${env.CLOUD}/d/login`, openapi: env.CLOUD } },
      api: ["GET /v1.0/users/{uid}/devices"],
    });
    return handler.fetch(request, context);
  },
};

async function plain(request: Request, url: string): Promise<Response> {
  const headers = { Accept: request.headers.get("Accept") ?? "*/*" };
  const response = await fetch(url, { headers, redirect: "manual" });
  return new Response(await response.arrayBuffer(), {
    status: response.status,
    headers: {
      "Content-Type": response.headers.get("Content-Type") ?? "",
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

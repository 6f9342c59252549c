/** A worker by Cloudflare's own types, which are not those of pages. */

import core from "tuya-auth/core.wasm";
import { durableObjectStore, TuyaStoreObject } from "tuya-auth/durable-object";
import { TuyaCloudObject } from "tuya-auth/emulator/durable-object";
import { createAuthHandler } from "tuya-auth/handler";
import { TuyaClient } from "tuya-auth/server";

export { TuyaCloudObject, TuyaStoreObject };

/** The module itself, as a bundler for workers imports it. */
export const module: WebAssembly.Module = core;

interface Env {
  readonly STORE: DurableObjectNamespace;
  readonly SECRET: string;
}

export default {
  async fetch(request, env, context) {
    const keys = { clientId: "id", secret: env.SECRET };
    const store = durableObjectStore(env.STORE);
    if (new URL(request.url).pathname === "/devices") {
      const client = new TuyaClient({
        ...keys,
        dataCenter: "us",
        store,
        fetch: (url, init) => fetch(url, init),
      });
      return await client.fetch("/v1.0/devices", { signal: request.signal });
    }
    const dataCenters = { us: { page: "https://page.example/d/login" } };
    const handler = createAuthHandler({ ...keys, origin: "https://app.example", store, dataCenters });
    return await handler.fetch(request, context);
  },
} satisfies ExportedHandler<Env>;

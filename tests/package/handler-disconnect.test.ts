import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type AuthHandler, createAuthHandler } from "tuya-auth/handler";
import { memoryStore } from "tuya-auth/server";

import { serveCloud } from "../support/cloud-server.js";
import { appKeys } from "../support/demo-seed.js";
import { describeDisconnects, STEPPING, type SteppingApp } from "../support/disconnects.js";
import { Gates } from "../support/gates.js";
import { steppingStore } from "../support/stepping-store.js";

interface Adapter {
  listener(fetch: AuthHandler["fetch"], origin: string): RequestListener;
}

/** The handler by `node:http`, in this process, through the adapter of the examples. */
async function start(): Promise<SteppingApp> {
  const adapter = fileURLToPath(new URL("../../../../examples/node/adapter.js", import.meta.url));
  const { listener } = (await import(pathToFileURL(adapter).href)) as Adapter;
  const store = memoryStore();
  const gates = new Gates();
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const cloud = await serveCloud({ seed: { callbackOrigin: origin } });
  const page = (dataCenter: string) => `${cloud.origin}/${dataCenter}/d/login`;
  const [plain, stepping] = [store, steppingStore(store, (place) => gates.pass(place))].map((kept) =>
    createAuthHandler({
      ...appKeys,
      origin,
      store: kept,
      dataCenters: {
        us: { page: page("us"), openapi: `${cloud.origin}/us` },
        eu: { page: page("eu"), openapi: `${cloud.origin}/eu`, callback: "page" },
      },
      api: ["GET /v1.0/users/{uid}/devices"],
    }),
  ) as [AuthHandler, AuthHandler];
  http.on(
    "request",
    listener(
      (request, context) => (request.headers.has(STEPPING) ? stepping : plain).fetch(request, context),
      origin,
    ),
  );
  return {
    origin,
    server: {
      ...cloud,
      hold(place) {
        // A place is the cloud's or the store's, and who is held at either has come to it.
        const held = [cloud.hold(place), gates.hold(place)];
        return {
          reached: Promise.race(held.map(({ reached }) => reached)),
          release: () => held.forEach(({ release }) => void release()),
        };
      },
    },
    watchForLeaving() {
      const closed = new Promise<void>((resolve) => {
        http.once("request", (_, response) => void response.once("close", resolve));
      });
      return () => closed;
    },
    output: () => "",
    async stop() {
      http.close();
      http.closeAllConnections();
      await cloud.close();
    },
  };
}

describeDisconnects("on Node", start);

/** A worker that makes one call a request for Ann and tells what it did. */

import { durableObjectStore, type ObjectNamespace, TuyaStoreObject } from "tuya-auth/durable-object";
import { TuyaClient } from "tuya-auth/server";

import { ann, appKeys } from "../support/demo-seed.js";
import { type CallTrace, type Report, Trace, traced } from "../support/trace.js";

export { TuyaStoreObject };

interface Env {
  STORE: ObjectNamespace<unknown>;
  CLOUD: string;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const call: CallTrace = { readAt: 0, sent: [] };
    const trace = new Trace({ current: () => call, clock: Date.now });
    const client = new TuyaClient({
      ...appKeys,
      dataCenter: { code: "us", openapi: `${env.CLOUD}/us` },
      store: trace.store(durableObjectStore(env.STORE)),
      fetch: trace.fetch((url, init) => fetch(url, init)),
      timeout: 120_000,
    });
    if (request.method === "PUT") {
      await client.importTokens(await request.json());
      return Response.json({});
    }
    const path = `/v1.0/users/${ann.uid}/devices`;
    await traced(call, () => client.forUser(ann.uid).request({ path }));
    return Response.json({ calls: [call], stored: trace.stored } satisfies Report);
  },
};

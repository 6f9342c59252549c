/** A caller's own signal, where its life is not that of the call. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { type Fetch, memoryStore, TuyaClient } from "tuya-auth/server";

const project = { clientId: "client0id", secret: "client0secret", dataCenter: "eu" } as const;
const mine = new Error("the caller's own reason");

function clientOn(fetch: Fetch): TuyaClient {
  return new TuyaClient({ ...project, timeout: 5000, fetch, store: memoryStore() });
}

describe("a caller's signal", () => {
  it("ends a fetch whatever the garbage collector took in between", async () => {
    const hanging: Fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    const client = clientOn(hanging);
    const obtainedAt = Date.now();
    const tokens = { accessToken: "access", refreshToken: "refresh", uid: "ann", dataCenter: "eu" } as const;
    await client.importTokens({ ...tokens, obtainedAt, expiresAt: obtainedAt + 7_000_000 });
    const own = new AbortController();
    const call = client.forUser("ann").fetch("/v1.0/x", { method: "POST", signal: own.signal });

    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    for (let times = 0; times < 5; times += 1) {
      await pause(10);
      collect();
    }
    own.abort(mine);
    await assert.rejects(call, mine);
  });

  it("that has ended already leaves no failure that nobody hears of", async () => {
    const unheard: unknown[] = [];
    const listen = (reason: unknown) => unheard.push(reason);
    process.on("unhandledRejection", listen);
    try {
      const client = clientOn(async () => {
        throw new TypeError("down");
      });
      const signal = AbortSignal.abort(mine);
      await assert.rejects(client.exchangeCode("code0code0", { signal }), mine);
      // A token call is repeated once, after a pause.
      await pause(3000);
    } finally {
      process.off("unhandledRejection", listen);
    }
    assert.deepEqual(unheard, []);
  });
});

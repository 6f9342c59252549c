/** A thousand calls at once that find a token expired: in one process, and in four that share a Redis. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";

import { redisStore } from "tuya-auth/redis";
import { memoryStore, type Store, TuyaClient } from "tuya-auth/server";

import { assertOneReplacement } from "../support/assert-herd.js";
import { isRefresh, LIFETIME } from "../support/client-scenario.js";
import { obtainCode } from "../support/consent.js";
import { ann, appKeys } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";
import { stampede } from "../support/herd.js";
import { startHerdProcess } from "../support/herd-process.js";
import { redisClients } from "../support/redis-clients.js";
import { startRedis } from "../support/redis-server.js";
import type { Report } from "../support/trace.js";

const CALLS = 1_000;

/** How a token comes to be expired; `ahead` is what the clients' clocks then say, in ms. */
const deaths = {
  "by the clock": {
    ahead: LIFETIME,
    kill: (cloud: EmulatorProcess) => cloud.control("advance", { ms: LIFETIME }),
  },
  "at the cloud alone": { ahead: 0, kill: (cloud: EmulatorProcess) => cloud.control("expire-tokens", {}) },
};

for (const [how, { ahead, kill }] of Object.entries(deaths)) {
  describe(`${CALLS} calls at once whose token has expired ${how}`, () => {
    let cloud: EmulatorProcess;
    let openapi: string;
    beforeEach(async () => {
      cloud = await startEmulator();
      openapi = `${cloud.origin}/us`;
    });
    afterEach(() => cloud.stop());

    /** Links Ann, and lets her token expire. @returns that access token */
    async function expired(store: Store): Promise<string> {
      const client = new TuyaClient({ ...appKeys, dataCenter: { code: "us", openapi }, store });
      const login = { fetch, origin: cloud.origin, dataCenter: "us", account: ann } as const;
      const { accessToken } = await client.exchangeCode(await obtainCode(login));
      await kill(cloud);
      return accessToken;
    }

    /** One refresh on the cloud's own list, and all that must hold of the calls. */
    async function check(reports: readonly Report[], old: string): Promise<void> {
      const { requests } = await cloud.control("requests");
      const refreshes = requests.filter(({ target }) => isRefresh(target));
      assert.deepEqual(
        refreshes.map(({ verdict }) => verdict),
        ["ok"],
      );
      assertOneReplacement(reports, old, CALLS);
    }

    it("refresh once in one process", async () => {
      const store = memoryStore();
      const old = await expired(store);
      await check([await stampede({ store, openapi, ahead, count: CALLS, followers: 100 })], old);
    });

    it("refresh once in four processes", async () => {
      const redis = await startRedis();
      const { client, close } = await redisClients.ioredis(redis.url);
      const packages = ["node-redis", "ioredis", "node-redis", "ioredis"] as const;
      const herd = { redis: redis.url, openapi, ahead, count: CALLS / packages.length, followers: 50 };
      const herds = await Promise.all(packages.map((name) => startHerdProcess({ ...herd, package: name })));
      try {
        const old = await expired(redisStore(client));
        await check(await Promise.all(herds.map((one) => one.run())), old);
      } finally {
        for (const one of herds) one.stop();
        await close();
        await redis.stop();
      }
    });
  });
}

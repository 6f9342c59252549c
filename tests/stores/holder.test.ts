/** A process that is killed while it holds the lock of a refresh, and what the next one finds. */

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";

import { redisStore } from "tuya-auth/redis";
import { type Store, TuyaClient } from "tuya-auth/server";

import { devices, isRefresh } from "../support/client-scenario.js";
import { type CloudServer, serveCloud } from "../support/cloud-server.js";
import { obtainCode } from "../support/consent.js";
import { ann, appKeys } from "../support/demo-seed.js";
import type { Held } from "../support/gates.js";
import { startHerdProcess } from "../support/herd-process.js";
import { type Connected, redisClients } from "../support/redis-clients.js";
import { type RedisServer, startRedis } from "../support/redis-server.js";

const REFRESH = /\/v1\.0\/token\/[^/?]+$/;
const KEY = `token:${appKeys.clientId}:us:user:${ann.uid}`;
/** How long the clients wait for an answer, in ms; a lock lives three times as long and 5 s. */
const TIMEOUT = 1_000;

describe("a holder of the lock that is killed", () => {
  let redis: RedisServer;
  let connected: Connected;
  let store: Store;
  let cloud: CloudServer;
  let next: TuyaClient;
  before(async () => {
    redis = await startRedis();
    connected = await redisClients["node-redis"](redis.url);
    store = redisStore(connected.client);
  });
  after(async () => {
    await connected.close();
    await redis.stop();
  });
  beforeEach(async () => {
    cloud = await serveCloud({});
    const dataCenter = { code: "us", openapi: `${cloud.origin}/us` } as const;
    next = new TuyaClient({ ...appKeys, dataCenter, store, timeout: TIMEOUT });
    await link();
    await fetch(`${cloud.origin}/control/expire-tokens`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
  });
  afterEach(() => cloud.close());

  const link = async () => {
    const login = { fetch, origin: cloud.origin, dataCenter: "us", account: ann } as const;
    return next.exchangeCode(await obtainCode(login));
  };
  const call = () => next.forUser(ann.uid).request(devices);
  const refreshes = async () =>
    (await cloud.cloud.requests()).filter(({ target }) => isRefresh(target)).length;

  /** Lets another process begin to refresh, and kills it when its refresh is held. */
  async function killAt(held: Held): Promise<void> {
    const other = await startHerdProcess({
      redis: redis.url,
      package: "ioredis",
      openapi: `${cloud.origin}/us`,
      timeout: TIMEOUT,
      count: 1,
      followers: 0,
    });
    const running = assert.rejects(other.run());
    await held.reached;
    other.stop();
    await running;
    assert.equal(await store.tryLock(KEY, 1), undefined, "the dead process has the lock still");
  }

  it("before its refresh arrived: the next caller waits for the lock to end, and refreshes", async () => {
    const held = cloud.holdRequests(REFRESH);
    await killAt(held);
    held.refuse();
    assert.equal(await refreshes(), 0);
    await call();
    assert.equal(await refreshes(), 1);
  });

  it("after its refresh was worked off: the next caller must link again, and can", async () => {
    const held = cloud.hold(REFRESH);
    await killAt(held);
    held.release();
    const worked = await refreshes();
    assert.ok(worked >= 1);
    const before = JSON.parse((await store.get(KEY))?.value ?? "");
    await assert.rejects(call(), { code: "relink_required" });
    assert.deepEqual(JSON.parse((await store.get(KEY))?.value ?? ""), { ...before, relinkRequired: true });
    await link();
    await call();
  });
});

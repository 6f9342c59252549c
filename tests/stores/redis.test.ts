import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Cluster } from "ioredis";
import { createCluster } from "redis";
import { type RedisClient, redisStore } from "tuya-auth/redis";
import { type Connected, redisClients } from "../support/redis-clients.js";
import { type RedisCluster, startRedisCluster } from "../support/redis-cluster.js";
import { type RedisServer, startRedis } from "../support/redis-server.js";
import { storeConformance } from "./conformance.js";

for (const [name, connect] of Object.entries(redisClients)) {
  storeConformance(`redisStore with ${name}`, async () => {
    const server = await startRedis();
    const { client, close } = await connect(server.url);
    return {
      store: redisStore(client),
      async close() {
        await close();
        await server.stop();
      },
    };
  });

  describe(`redisStore with ${name}`, () => {
    let server: RedisServer;
    let connected: Connected;
    before(async () => {
      server = await startRedis({ "enable-debug-command": "yes" });
      connected = await connect(server.url);
    });
    after(async () => {
      await connected.close();
      await server.stop();
    });
    const keys = async () => ((await connected.command("KEYS", "*")) as string[]).sort();

    it("keeps its keys behind a prefix, and ends them by Redis's own clock", async () => {
      await connected.command("FLUSHALL");
      const store = redisStore(connected.client, { prefix: "app:" });
      await store.set("a", "lasting");
      await store.set("b", "passing", { ttl: 60_000 });
      const lock = await store.tryLock("a", 30_000);
      assert.deepEqual(await keys(), ["app:lock:a", "app:value:a", "app:value:b"]);
      const left = async (key: string) => Number(await connected.command("PTTL", key));
      assert.equal(await left("app:value:a"), -1);
      assert.ok((await left("app:value:b")) > 50_000);
      assert.ok((await left("app:lock:a")) > 20_000 && (await left("app:lock:a")) <= 30_000);
      await lock?.release();
      assert.equal(await redisStore(connected.client).get("a"), undefined);
      await Promise.all([store.delete("a"), store.take("b")]);
      assert.deepEqual(await keys(), []);
    });

    it("does not read what has expired, although Redis has not removed it yet", async () => {
      await connected.command("DEBUG", "SET-ACTIVE-EXPIRE", "0");
      const store = redisStore(connected.client);
      await store.set("expired", "value", { ttl: 30 });
      await sleep(60);
      assert.equal(await connected.command("DBSIZE"), 1);
      assert.equal(await store.set("expired", "late", { ifVersion: "absent" }), true);
      await store.set("expired", "value", { ttl: 30 });
      await sleep(60);
      assert.equal(await store.take("expired"), undefined);
      await connected.command("DEBUG", "SET-ACTIVE-EXPIRE", "1");
    });

    it("sends a script whole when Redis has forgotten it", async () => {
      const store = redisStore(connected.client);
      for (let round = 0; round < 2; round += 1) {
        assert.equal(await store.set("script", "value"), true);
        assert.equal((await store.get("script"))?.value, "value");
        const lock = await store.tryLock("script", 1_000);
        await connected.command("SCRIPT", "FLUSH");
        await lock?.release();
        assert.equal(await store.take("script"), "value");
      }
    });

    it("gives the same answer when a client sends a write or a lock twice", async () => {
      const client = twice(connected.client);
      const store = redisStore(client);
      assert.equal(await store.set("twice", "value", { ifVersion: "absent" }), true);
      const seen = await store.get("twice");
      assert.ok(seen);
      assert.equal(await store.set("twice", "next", { ifVersion: seen.version }), true);
      const lock = await store.tryLock("twice", 10_000);
      assert.ok(lock);
      assert.equal(await store.tryLock("twice", 10_000), undefined);
      await lock.release();
      assert.ok(await store.tryLock("twice", 10));
    });

    it("rejects what Redis refuses, without the command's arguments", async () => {
      const store = redisStore(connected.client);
      await connected.command("CONFIG", "SET", "maxmemory", "1");
      await assert.rejects(store.set("full", "secret value"), (error: Error & { code: string }) => {
        assert.equal(error.code, "store_failed");
        assert.match(String(error.cause), /OOM/);
        const cause = JSON.stringify(Object.getOwnPropertyNames(error.cause));
        assert.equal(cause, '["stack","message"]');
        return !String((error.cause as Error).stack).includes("secret value");
      });
      await connected.command("CONFIG", "SET", "maxmemory", "0");
      assert.equal(await store.get("full"), undefined);
    });

    it("rejects in time while Redis is gone, and works again when it is back", async () => {
      const store = redisStore(connected.client, { timeout: 200 });
      await store.set("gone", "value");
      await server.stop();
      const began = performance.now();
      const failed = { name: "TuyaAuthError", code: "store_failed", retryable: true };
      await Promise.all([
        assert.rejects(store.get("gone"), failed),
        assert.rejects(store.set("gone", "value", { ifVersion: "absent" }), failed),
        assert.rejects(store.take("gone"), failed),
        assert.rejects(store.delete("gone"), failed),
        assert.rejects(store.tryLock("gone", 60_000), failed),
      ]);
      assert.ok(performance.now() - began < 5_000);
      await server.start();
      await until(async () => (await store.tryLock("gone", 60_000)) !== undefined);
      assert.equal(await store.set("gone", "again"), true);
      assert.equal((await store.get("gone"))?.value, "again");
    });

    it("rejects in time while Redis does not answer, and holds no lock that came too late", async () => {
      const store = redisStore(connected.client, { timeout: 200 });
      server.pause();
      await assert.rejects(store.tryLock("slow", 60_000), { code: "store_failed" });
      server.resume();
      await until(async () => (await store.tryLock("slow", 60_000)) !== undefined);
    });
  });
}

describe("redisStore on a cluster", () => {
  let cluster: RedisCluster;
  before(async () => {
    cluster = await startRedisCluster();
  });
  after(() => cluster.stop());

  const clusterClients: Record<string, (urls: string[]) => Promise<Pick<Connected, "client" | "close">>> = {
    async "node-redis"(urls) {
      const client = createCluster({ rootNodes: urls.map((url) => ({ url })) });
      client.on("error", () => undefined);
      await client.connect();
      return { client, close: async () => client.destroy() };
    },
    async ioredis(urls) {
      const client = new Cluster(urls);
      return { client, close: async () => client.disconnect() };
    },
  };
  for (const [name, connect] of Object.entries(clusterClients)) {
    it(`finds each key on its own server, with ${name}`, async () => {
      const { client, close } = await connect(cluster.urls);
      const store = redisStore(client, { prefix: `${name}:` });
      const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
      for (const key of keys) {
        assert.equal(await store.set(key, `value of ${key}`, { ifVersion: "absent", ttl: 60_000 }), true);
        const lock = await store.tryLock(key, 60_000);
        assert.ok(lock);
        assert.equal(await store.tryLock(key, 60_000), undefined);
        await lock.release();
        const found = await store.get(key);
        assert.equal(found?.value, `value of ${key}`);
        assert.equal(await store.set(key, "next", { ifVersion: found?.version ?? "" }), true);
      }
      const sizes = await cluster.sizes();
      assert.ok(
        sizes.every((size) => size > 0),
        `all keys are on one server: ${sizes}`,
      );
      for (const key of keys) assert.equal(await store.take(key), "next");
      assert.deepEqual(await cluster.sizes(), [0, 0]);
      await close();
    });
  }
});

describe("redisStore", () => {
  it("refuses what is no client, and options that cannot be", () => {
    const client = { eval: async () => 1, evalSha: async () => 1 };
    for (const wrong of [null, "redis://127.0.0.1", {}, { eval: client.eval }]) {
      assert.throws(() => redisStore(wrong as never), { name: "TypeError", code: "invalid_argument" });
    }
    for (const options of [{ prefix: 1 }, { timeout: 0 }, { timeout: Number.NaN }, null]) {
      assert.throws(() => redisStore(client, options as never), {
        name: "TypeError",
        code: "invalid_argument",
      });
    }
  });
});

/** A client that sends every script twice, as one that has lost its connection may, and gives the second answer. */
function twice<Client extends RedisClient>(client: Client): Client {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function" || !/^eval/i.test(String(name))) return value;
      return async (...args: unknown[]) => {
        await value.apply(target, args);
        return await value.apply(target, args);
      };
    },
  });
}

/** Waits until a condition holds, whatever it throws before. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + 10_000; ; ) {
    if (await condition().catch(() => false)) return;
    assert.ok(performance.now() < deadline, "it did not come about within 10 s");
    await sleep(20);
  }
}

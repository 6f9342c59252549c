import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Lock, Store } from "tuya-auth/server";

import { type RunningWorkerd, startWorkerd } from "../../www/demo/workerd.js";
import { storeConformance } from "../stores/conformance.js";
import { bundleWorker } from "../support/bundle.js";
import type { Inspection, StoreCall } from "./store-worker.js";

/** The classes of the worker, by their bindings. */
const classes = {
  STORE: "InspectedObject",
  FAILING: "FailingObject",
  STRANGE: "StrangeObject",
  SILENT: "SilentObject",
} as const;

/** Starts workerd with the store's worker; `directory` holds its configuration and its rows. */
async function startStoreWorker(directory: string): Promise<RunningWorkerd> {
  const disk = join(directory, "rows");
  await mkdir(disk, { recursive: true });
  const worker = {
    modules: await bundleWorker(fileURLToPath(new URL("./store-worker.js", import.meta.url))),
    compatibilityDate: "2026-11-01",
    bindings: Object.entries(classes).map(([name, className]) => ({
      name,
      durableObjectNamespace: className,
    })),
    durableObjects: {
      classes: Object.values(classes).map((className) => ({ className, uniqueKey: `${className}-test` })),
      disk: "rows",
    },
  };
  return startWorkerd(
    {
      services: [
        { name: "main", worker },
        { name: "rows", disk: { path: disk, writable: true } },
      ],
      sockets: [{ name: "http", address: "127.0.0.1:0", service: "main" }],
    },
    { directory },
  );
}

/** The store of a running worker, as if it were here; what it rejects with is told by name and code. */
function remoteStore(running: RunningWorkerd, binding: keyof typeof classes = "STORE"): Store {
  const call = async <T>(method: StoreCall["method"], ...args: unknown[]): Promise<T> => {
    const response = await fetch(addressOf(running), {
      method: "POST",
      body: JSON.stringify({ method, args, binding } satisfies StoreCall),
    });
    assert.equal(response.status, 200, running.output());
    const { result, failure } = (await response.json()) as { result: T; failure?: object };
    if (failure !== undefined) throw Object.assign(new Error(method), failure);
    return result;
  };
  return {
    get: (key) => call("get", key),
    set: (key, value, options = {}) => call("set", key, value, options),
    take: (key) => call("take", key),
    delete: (key) => call("delete", key),
    async tryLock(key, ttl): Promise<Lock | undefined> {
      const id = await call<string | undefined>("tryLock", key, ttl);
      return id === undefined ? undefined : { release: () => call("release", id) };
    },
  };
}

function addressOf(running: RunningWorkerd): string {
  const { http } = running.ports;
  return `http://127.0.0.1:${http}/`;
}

async function inspect(running: RunningWorkerd, key: string): Promise<Inspection> {
  const response = await fetch(`${addressOf(running)}?key=${encodeURIComponent(key)}`);
  return (await response.json()) as Inspection;
}

storeConformance("Durable Objects on workerd", async () => {
  const directory = await mkdtemp(join(tmpdir(), "tuya-auth-store-"));
  const running = await startStoreWorker(directory);
  return {
    store: remoteStore(running),
    async close() {
      await running.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
});

describe("the object of a key", () => {
  let directory: string;
  let running: RunningWorkerd;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "tuya-auth-object-"));
    running = await startStoreWorker(directory);
  });
  after(async () => {
    await running.stop();
    await rm(directory, { recursive: true, force: true });
  });
  const empty: Inspection = { rows: [], alarm: null };

  it("stores nothing when it is only read", async () => {
    const key = randomUUID();
    const store = remoteStore(running);
    await store.get(key);
    await store.take(key);
    await store.delete(key);
    assert.deepEqual(await inspect(running, key), empty);
  });

  it("gives back what it was given, be it nothing, like its own messages, or no Unicode at all", async () => {
    const store = remoteStore(running);
    for (const value of [
      "",
      "{",
      '{"value":"a","version":"b"}',
      "\ufeffmarked",
      "\ud83d alone",
      "\udca1\ud83d",
    ]) {
      const key = randomUUID();
      await store.set(key, value);
      const { value: found, version } = (await store.get(key)) ?? {};
      assert.equal(found, value);
      assert.equal(await store.set(key, "next", { ifVersion: version ?? "" }), true);
    }
  });

  it("removes an expired value by its alarm, although nobody reads it", async () => {
    const key = randomUUID();
    const before = Date.now();
    await remoteStore(running).set(key, "value", { ttl: 400 });
    const { rows, alarm } = await inspect(running, key);
    assert.deepEqual(rows, ["entry"]);
    assert.ok(alarm !== null && alarm >= before + 400 && alarm <= Date.now() + 400);
    await sleep(1_000);
    assert.deepEqual(await inspect(running, key), empty);
  });

  it("removes itself with its last row, and its alarm with it", async () => {
    const key = randomUUID();
    const store = remoteStore(running);
    await store.set(key, "value", { ttl: 60_000 });
    const lock = await store.tryLock(key, 30_000);
    assert.deepEqual((await inspect(running, key)).rows.sort(), ["entry", "lock"]);
    assert.equal(await store.take(key), "value");
    assert.deepEqual((await inspect(running, key)).rows, ["lock"]);
    await lock?.release();
    assert.deepEqual(await inspect(running, key), empty);
  });

  it("sleeps until the first of its two expiries", async () => {
    const key = randomUUID();
    const store = remoteStore(running);
    await store.set(key, "value");
    assert.equal((await inspect(running, key)).alarm, null);
    await store.tryLock(key, 400);
    assert.notEqual((await inspect(running, key)).alarm, null);
    await sleep(1_000);
    assert.deepEqual(await inspect(running, key), { rows: ["entry"], alarm: null });
  });

  it("keeps what it was told when the process ends", async () => {
    const key = randomUUID();
    await remoteStore(running).set(key, "kept");
    await running.stop();
    running = await startStoreWorker(directory);
    assert.equal((await remoteStore(running).get(key))?.value, "kept");
  });

  for (const binding of ["FAILING", "STRANGE", "SILENT"] as const) {
    it(`is ${binding.toLowerCase()}: every operation rejects in time, and the store's other objects work`, async () => {
      const store = remoteStore(running, binding);
      const failed = { name: "TuyaAuthError", code: "store_failed" };
      const key = randomUUID();
      await Promise.all([
        assert.rejects(store.get(key), failed),
        assert.rejects(store.set(key, "value"), failed),
        assert.rejects(store.take(key), failed),
        assert.rejects(store.delete(key), failed),
        assert.rejects(store.tryLock(key, 1_000), failed),
      ]);
      assert.equal(await remoteStore(running).set(key, "value"), true);
    });
  }
});

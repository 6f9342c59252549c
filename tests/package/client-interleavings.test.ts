/**
 * What can come between the steps of a refresh, one after another. Whatever it is, what is stored is a set of tokens,
 * and the next caller gets its answer or is told that the user must link again.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { type Fetch, memoryStore, type Store, type TuyaClient } from "tuya-auth/server";

import { devices, isRefresh, LIFETIME, openapi, Scenario } from "../support/client-scenario.js";
import { ann, appKeys } from "../support/demo-seed.js";
import { Gates } from "../support/gates.js";
import { steppingStore } from "../support/stepping-store.js";

const KEY = `token:${appKeys.clientId}:us:user:${ann.uid}`;
const relinkRequired = { name: "TuyaAuthError", code: "relink_required" };
const call = (client: TuyaClient) => client.forUser(ann.uid).request(devices);

/**
 * Ann is linked, and her token has expired. `one` passes gates at each step of its store and of its requests; `next` is
 * another process on the same store.
 */
async function expired(timeout = 10_000) {
  const scenario = new Scenario();
  let passed = 0;
  const store = memoryStore({ now: () => Date.now() + passed });
  const gates = new Gates();
  /** Before and after the cloud has worked off what a client sends. */
  const fetch: Fetch = async (url, init) => {
    const place = isRefresh(url) ? "refresh" : "call";
    await gates.pass(`before ${place}`);
    const answer = await scenario.cloud.fetch(url, init);
    await gates.pass(`after ${place}`);
    return answer;
  };
  const stepping = steppingStore(store, (place) => gates.pass(place));
  const one = scenario.client({ store: stepping, fetch, timeout });
  const next = scenario.client({ store: { ...store }, timeout });
  const tokens = await next.exchangeCode(await scenario.code());
  scenario.time += LIFETIME;
  /** Lets every lock's life be over. */
  const endLocks = () => {
    passed += 600_000;
  };
  return { scenario, store, gates, fetch, one, next, tokens, endLocks };
}

/** As {@link expired}, with a call of `one` that has come to a step of its refresh and is held there. */
async function heldAt(step: RegExp, timeout?: number) {
  const state = await expired(timeout);
  const held = state.gates.hold(step);
  const calling = call(state.one);
  await held.reached;
  return { ...state, held, calling };
}

/** The stored record, which is a whole one whatever has happened. */
async function record(store: Store) {
  const stored = JSON.parse((await store.get(KEY))?.value ?? "null");
  const { accessToken, refreshToken, uid, dataCenter, expiresAt, obtainedAt, ...rest } = stored;
  for (const token of [accessToken, refreshToken]) assert.match(token, /^[!-~]{16,}$/);
  assert.deepEqual([uid, dataCenter], [ann.uid, "us"]);
  assert.ok(Number.isFinite(expiresAt) && Number.isFinite(obtainedAt));
  assert.ok(Object.keys(rest).every((name) => name === "relinkRequired"));
  return stored as { accessToken: string; refreshToken: string; relinkRequired?: true };
}

describe("the expiry is seen twice", () => {
  it("before either has the lock: one refreshes, the other uses what it got", async () => {
    const { scenario, store, gates, one, next, fetch } = await expired();
    const other = scenario.client({ store: steppingStore(store, (place) => gates.pass(place)), fetch });
    const held = gates.hold(/^before lock token$/);
    const calls = [call(one), call(other)];
    await held.reached;
    held.release();
    await Promise.all(calls);
    await call(next);
    assert.equal(await scenario.refreshes(), 1);
  });

  it("by one that gets the lock when the other is done", async () => {
    const { scenario, store, next, held, calling: late } = await heldAt(/^before lock token$/);
    await call(next);
    const { accessToken } = await record(store);
    held.release();
    await late;
    assert.equal((await record(store)).accessToken, accessToken);
    assert.equal(await scenario.refreshes(), 1);
  });
});

describe("the answer comes late", () => {
  it("to a request that had not arrived: the second one is answered, and the first counts for nothing", async () => {
    const { scenario, store, one, next, held, calling } = await heldAt(/^before refresh$/, 200);
    // The first sending waits beyond its time; the second passes.
    const arrival = new Promise((resolve) => setTimeout(resolve, 250)).then(held.release);
    await Promise.all([calling.catch(() => undefined), arrival]);
    await call(next);
    assert.equal((await record(store)).relinkRequired, undefined);
    // What is late is refused, as it was used up.
    await call(one);
    await call(next);
    assert.ok((await scenario.refreshes()) >= 1);
  });

  it("from a cloud that has replaced the tokens: the user must link again, and can", async () => {
    const { scenario, store, one, next, held, calling } = await heldAt(/^after refresh$/, 100);
    await sleep(150);
    held.release();
    await assert.rejects(calling, relinkRequired);
    assert.equal((await record(store)).relinkRequired, true);
    await assert.rejects(call(next), relinkRequired);
    assert.equal(await scenario.refreshes(), 2);
    await next.exchangeCode(await scenario.code());
    await call(one);
  });
});

describe("the answer is an error", () => {
  for (const rule of [
    { code: 500, times: 2 },
    { code: 1001 },
    { code: 1004 },
    { code: 1005 },
    { code: 1106 },
    { code: 1110, times: 2 },
    { code: 2007 },
    { code: 28_841_002 },
    { status: 401 },
    { status: 404 },
    { status: 502, times: 2 },
  ]) {
    it(`${JSON.stringify(rule)}: the record stays as it is, and the next caller refreshes`, async () => {
      const { scenario, store, one, next } = await expired();
      const before = await store.get(KEY);
      await scenario.cloud.fail({ path: "/v1.0/token/", ...rule });
      // Some answers, such as a status without the cloud's JSON, are worth the second sending, which then succeeds.
      const error = await call(one).then(
        () => undefined,
        (failure: { code: string }) => failure,
      );
      if (error !== undefined) {
        assert.notEqual(error.code, "relink_required");
        assert.deepEqual(await store.get(KEY), before);
      }
      await call(next);
      assert.equal((await record(store)).relinkRequired, undefined);
      await call(one);
    });
  }
});

describe("the answer is cut in the middle", () => {
  it("before the cloud has done anything: the second sending gets the tokens", async () => {
    const { scenario, store, next } = await expired();
    let cut = true;
    const one = scenario.client({
      store: { ...store },
      fetch: async (url, init) => {
        if (!isRefresh(url) || !cut) return scenario.cloud.fetch(url, init);
        cut = false;
        return new Response('{"success":true,"result":{"access_tok', { status: 200 });
      },
    });
    await call(one);
    await call(next);
    assert.equal(await scenario.refreshes(), 1);
  });

  it("after it has replaced the tokens: the user must link again", async () => {
    const { scenario, store, one, next } = await expired();
    await scenario.cloud.fail({ path: "/v1.0/token/", body: "cut" });
    await assert.rejects(call(one), relinkRequired);
    await record(store);
    await assert.rejects(call(next), relinkRequired);
  });
});

describe("the store fails", () => {
  for (const place of ["get", "lock"]) {
    it(`on ${place}: nothing is sent, and the next caller refreshes`, async () => {
      const { scenario, store, next, held, calling } = await heldAt(new RegExp(`^before ${place} token$`));
      held.refuse();
      await assert.rejects(calling, { code: "store_failed", retryable: true });
      assert.equal(await scenario.refreshes(), 0);
      await record(store);
      await call(next);
    });
  }

  it("on unlock: the tokens are used all the same, and the lock ends by itself", async () => {
    const { scenario, next, held, calling } = await heldAt(/^before unlock token$/);
    held.refuse();
    await calling;
    await call(next);
    assert.equal(await scenario.refreshes(), 1);
  });

  it("once on write: it is written again", async () => {
    const { scenario, next, held, calling } = await heldAt(/^before set token$/);
    held.refuse();
    await calling;
    await call(next);
    assert.equal(await scenario.refreshes(), 1);
  });

  it("once on write, which it did nevertheless: the tokens are used, and told of", async () => {
    const { scenario, next, held, calling } = await heldAt(/^after set token$/);
    held.refuse();
    await calling;
    await call(next);
    assert.equal(await scenario.refreshes(), 1);
    assert.equal(scenario.events.filter(({ type }) => type === "refreshed").length, 1);
  });

  /** A client whose writes fail as often as told, after which it holds tokens that the store does not. */
  async function unwritten() {
    const { scenario, store, next, tokens } = await expired();
    let failures = 2;
    const failing: Store = {
      ...store,
      set: (...args) => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error("full")) : store.set(...args);
      },
    };
    const one = scenario.client({ store: failing });
    await assert.rejects(call(one), { code: "store_failed", retryable: true });
    assert.equal((await record(store)).accessToken, tokens.accessToken);
    return { scenario, store, one, next };
  }

  it("twice on write: the process writes the tokens when it is asked next", async () => {
    const { scenario, one, next } = await unwritten();
    await call(one);
    await call(next);
    assert.equal(await scenario.refreshes(), 1);
  });

  it("twice on write, and another process is asked next: it must link again, until the first one is asked", async () => {
    const { store, one, next } = await unwritten();
    await assert.rejects(call(next), relinkRequired);
    assert.equal((await record(store)).relinkRequired, true);
    await call(one);
    assert.equal((await record(store)).relinkRequired, undefined);
    await call(next);
  });

  it("twice on write, and the user links again: the new link stays", async () => {
    const { scenario, store, one, next } = await unwritten();
    const relinked = await next.exchangeCode(await scenario.code());
    await call(one);
    assert.equal((await record(store)).accessToken, relinked.accessToken);
  });

  it("twice on write, and the link is forgotten: it stays so", async () => {
    for (const forgetful of ["one", "next"] as const) {
      const found = await unwritten();
      await found[forgetful].forget(ann.uid);
      await assert.rejects(call(found.one), { code: "not_linked" });
      assert.equal(await found.store.get(KEY), undefined);
    }
  });
});

describe("a holder that is paused past its lock's life", () => {
  it("before it sends: it is refused then, and uses what another has got", async () => {
    const { scenario, store, next, endLocks, held, calling: paused } = await heldAt(/^before refresh$/);
    endLocks();
    await call(next);
    const before = await store.get(KEY);
    held.release();
    await paused;
    assert.deepEqual(await store.get(KEY), before);
    assert.equal(await scenario.refreshes(), 2);
  });

  it("before it writes: refused by the version, and a newer link stays", async () => {
    const { scenario, store, next, endLocks, held, calling: paused } = await heldAt(/^before set token$/);
    endLocks();
    const relinked = await next.exchangeCode(await scenario.code());
    const before = await store.get(KEY);
    held.release();
    await paused;
    assert.deepEqual(await store.get(KEY), before);
    assert.equal((await record(store)).accessToken, relinked.accessToken);
    await call(next);
  });

  it("before it writes, and the link is forgotten: it stays so", async () => {
    const { store, next, endLocks, held, calling: paused } = await heldAt(/^before set token$/);
    endLocks();
    await next.forget(ann.uid);
    held.release();
    await assert.rejects(paused, { code: "not_linked" });
    assert.equal(await store.get(KEY), undefined);
  });

  it("before it writes, and another is refused the old token: what it holds proves that the link lives", async () => {
    const { scenario, store, next, endLocks, held, calling: paused } = await heldAt(/^before set token$/);
    endLocks();
    await assert.rejects(call(next), relinkRequired);
    held.release();
    await paused;
    assert.equal((await record(store)).relinkRequired, undefined);
    await call(next);
    assert.equal(await scenario.refreshes(), 2);
  });

  it("before it releases: the lock of the next holder stays", async () => {
    const { store, endLocks, held, calling: paused } = await heldAt(/^before unlock token$/);
    endLocks();
    assert.ok(await store.tryLock(KEY, 60_000));
    held.release();
    await paused;
    assert.equal(await store.tryLock(KEY, 60_000), undefined);
  });
});

describe("what a refresh must not be blamed for", () => {
  /** A client with something wrong, on the store of the one that is right. */
  const wrong = {
    "another secret": { secret: "wrong0secret0wrong0secret0wrong0" },
    "another data center's address": { dataCenter: { code: "us", openapi: openapi.replace(/us$/, "eu") } },
  } as const;

  for (const [name, options] of Object.entries(wrong)) {
    it(`${name}: the link lives, and whoever is right refreshes`, async () => {
      const { scenario, store, next } = await expired();
      const before = await store.get(KEY);
      const client = scenario.client({ store: { ...store }, ...options });
      for (const failing of [call(client), client.refresh(ann.uid)]) {
        await assert.rejects(failing, (error: { code: string }) => {
          assert.notEqual(error.code, "relink_required");
          return true;
        });
      }
      assert.deepEqual(await store.get(KEY), before);
      await call(next);
    });
  }

  it("time-outs of requests that never arrive: the link lives", async () => {
    const { scenario, store, gates, one, next } = await expired(50);
    const before = await store.get(KEY);
    const held = gates.hold(/^before refresh$/);
    await assert.rejects(call(one), { code: "timeout", retryable: true });
    held.refuse();
    assert.deepEqual(await store.get(KEY), before);
    assert.equal(await scenario.refreshes(), 0);
    await call(next);
  });

  it("a cloud that is down, however often it is asked: the link lives", async () => {
    const { scenario, store, one, next } = await expired();
    const before = await store.get(KEY);
    await scenario.cloud.fail({ path: "/v1.0/token/", status: 503, times: 6 });
    for (const client of [one, next, one]) await assert.rejects(call(client), { code: "unavailable" });
    assert.deepEqual(await store.get(KEY), before);
    await call(next);
  });
});

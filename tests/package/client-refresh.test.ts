import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { type Fetch, memoryStore, type Store, type TuyaClient } from "tuya-auth/server";

import { devices, Gate, isRefresh, LIFETIME, Scenario } from "../support/client-scenario.js";
import { ann, appKeys } from "../support/demo-seed.js";

const KEY = `token:${appKeys.clientId}:us:user:${ann.uid}`;

/** A scenario in which Ann is linked, and two processes that share a store. */
async function linked(store: Store = memoryStore()) {
  const scenario = new Scenario();
  const one = scenario.client({ store });
  const tokens = await one.exchangeCode(await scenario.code());
  // A store of its own identity: what clients of one store share within a process, these do not.
  const other = scenario.client({ store: { ...store } });
  return { scenario, store, one, other, tokens };
}

const call = (client: TuyaClient) => client.forUser(ann.uid).request(devices);

/** The record as it is stored. */
async function stored(store: Store): Promise<{ readonly accessToken: string }> {
  return JSON.parse((await store.get(KEY))?.value ?? "null");
}

describe("refresh: when", () => {
  it("is 60 s before the token expires, not earlier", async () => {
    const { scenario, one } = await linked();
    scenario.time += LIFETIME - 60_001;
    await call(one);
    assert.equal(await scenario.refreshes(), 0);
    scenario.time += 1;
    await call(one);
    assert.equal(await scenario.refreshes(), 1);
  });

  for (const code of [1010, 1011, 1012, 1400]) {
    it(`is at once on ${code}, and the call is repeated once`, async () => {
      const { scenario, one } = await linked();
      await scenario.cloud.fail({ path: "/v1.0/users", code });
      await call(one);
      assert.equal(await scenario.refreshes(), 1);
      await scenario.cloud.fail({ path: "/v1.0/users", code, times: 2 });
      await assert.rejects(call(one), { code: "token_expired" });
      assert.equal(await scenario.refreshes(), 2);
    });
  }

  it("holds nobody up while the old token is good", async () => {
    const gate = new Gate();
    const { scenario, store, tokens } = await linked();
    const gated: Fetch = async (url, init) => {
      if (isRefresh(url)) await gate.pass();
      return await scenario.cloud.fetch(url, init);
    };
    const one = scenario.client({ store, fetch: gated });
    const other = scenario.client({ store: { ...store } });
    scenario.time = tokens.expiresAt - 1_000;
    const refreshing = call(one);
    await gate.reached;
    await Promise.all([call(one), call(other)]);
    assert.equal(await scenario.refreshes(), 0);
    gate.open();
    await refreshing;
    assert.equal(await scenario.refreshes(), 1);
  });

  it("does no harm when it fails while the old token is good", async () => {
    const { scenario, one, tokens } = await linked();
    scenario.time = tokens.expiresAt - 1_000;
    await scenario.cloud.fail({ path: "/v1.0/token/", code: 500, times: 2 });
    await call(one);
    const failed = scenario.events.filter(({ type }) => type === "refresh_failed");
    assert.deepEqual(failed, [
      { type: "refresh_failed", dataCenter: "us", uid: ann.uid, code: "unavailable" },
    ]);
  });
});

describe("refresh: one at a time", () => {
  it("is one for all callers of a process and for all processes", async () => {
    const { scenario, one, other } = await linked();
    scenario.time += LIFETIME;
    await Promise.all([one, other].flatMap((client) => Array.from({ length: 20 }, () => call(client))));
    assert.equal(await scenario.refreshes(), 1);
  });

  it("is one when the token dies under all of them", async () => {
    const { scenario, one, other } = await linked();
    await scenario.cloud.fail({ path: "/v1.0/users", code: 1010, times: 40 });
    const calls = [one, other].flatMap((client) => Array.from({ length: 20 }, () => call(client)));
    await Promise.all(calls);
    assert.equal(await scenario.refreshes(), 1);
  });

  it("uses a token that another process has got, instead of refreshing", async () => {
    const { scenario, one, other, store } = await linked();
    const gate = new Gate();
    const late = scenario.client({
      store: { ...store },
      fetch: async (url, init) => {
        const answer = await scenario.cloud.fetch(url, init);
        await gate.pass();
        return answer;
      },
    });
    await scenario.cloud.fail({ path: "/v1.0/users", code: 1010 });
    const refused = call(late);
    await gate.reached;
    await other.refresh(ann.uid);
    gate.open();
    await refused;
    await call(one);
    assert.equal(await scenario.refreshes(), 1);
  });

  it("waits for another's lock until the record changes", async () => {
    const { scenario, one, other, store, tokens } = await linked();
    scenario.time += LIFETIME;
    const lock = await store.tryLock(KEY, 60_000);
    const waiting = call(one);
    const next = { ...tokens, accessToken: "another's", expiresAt: scenario.time + LIFETIME };
    await other.importTokens(next);
    // What the other process stored is no token of the cloud's, so the lock is asked for again.
    await lock?.release();
    await waiting;
    assert.equal(await scenario.refreshes(), 1);
  });

  it("does not wait for ever", async () => {
    const { scenario, store } = await linked();
    const client = scenario.client({ store, timeout: 50 });
    scenario.time += LIFETIME;
    await store.tryLock(KEY, 60_000);
    await assert.rejects(call(client), { code: "lock_timeout", retryable: true });
    assert.equal(await scenario.refreshes(), 0);
  });
});

describe("refresh: what is stored", () => {
  it("is stored before it is used", async () => {
    const { scenario, one, store } = await linked();
    const before = await stored(store);
    const tokens = await one.refresh(ann.uid);
    assert.deepEqual(await stored(store), tokens);
    assert.notEqual(tokens.accessToken, before.accessToken);
    await call(one);
    assert.deepEqual(
      scenario.events.map(({ type }) => type),
      ["linked", "refreshed"],
    );
  });

  it("is never an error answer", async () => {
    const { scenario, one, store } = await linked();
    const before = await stored(store);
    for (const code of [500, 1001, 1004, 1005, 1106, 2007, 28_841_105]) {
      await scenario.cloud.fail({ path: "/v1.0/token/", code, times: 2 });
      await assert.rejects(one.refresh(ann.uid), { name: "TuyaAuthError" });
      // What is left of the rule.
      if (code !== 500) await assert.rejects(one.refresh(ann.uid));
      assert.deepEqual(await stored(store), before);
    }
    await one.refresh(ann.uid);
  });

  it("never replaces what was stored in the meantime", async () => {
    const gate = new Gate();
    const { scenario, other, store } = await linked();
    const gated: Fetch = async (url, init) => {
      const answer = await scenario.cloud.fetch(url, init);
      if (isRefresh(url)) await gate.pass();
      return answer;
    };
    const one = scenario.client({ store, fetch: gated });
    const refreshing = one.refresh(ann.uid);
    await gate.reached;
    const relinked = await other.exchangeCode(await scenario.code());
    gate.open();
    assert.equal((await refreshing).accessToken, relinked.accessToken);
    assert.deepEqual(await stored(store), relinked);
  });

  it("does not bring back what was forgotten in the meantime", async () => {
    const gate = new Gate();
    const { scenario, other, store } = await linked();
    const gated: Fetch = async (url, init) => {
      const answer = await scenario.cloud.fetch(url, init);
      await gate.pass();
      return answer;
    };
    const refreshing = scenario.client({ store, fetch: gated }).refresh(ann.uid);
    await gate.reached;
    await other.forget(ann.uid);
    gate.open();
    await assert.rejects(refreshing, { code: "not_linked" });
    assert.equal(await store.get(KEY), undefined);
  });

  it("gets a second attempt when the store fails, and is an error when that fails too", async () => {
    let failures = 1;
    const inner = memoryStore();
    const store: Store = {
      ...inner,
      set: (...args) => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error("full")) : inner.set(...args);
      },
    };
    const { one } = await linked(store);
    failures = 1;
    await one.refresh(ann.uid);
    failures = 2;
    await assert.rejects(one.refresh(ann.uid), { code: "store_failed", retryable: true });
  });
});

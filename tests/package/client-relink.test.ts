import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { type Fetch, memoryStore, type Store } from "tuya-auth/server";

import { devices, Gate, isRefresh, LIFETIME, Scenario } from "../support/client-scenario.js";
import { ann, appKeys, cloudKeys } from "../support/demo-seed.js";

const KEY = `token:${appKeys.clientId}:us:user:${ann.uid}`;
const relinkRequired = { name: "TuyaAuthError", code: "relink_required" };

/** A scenario in which Ann is linked, and her tokens have been used up by somebody who does not share the store. */
async function usedUp() {
  const scenario = new Scenario();
  const store = memoryStore();
  const client = scenario.client({ store });
  const tokens = await client.exchangeCode(await scenario.code());
  const stranger = scenario.client();
  await stranger.importTokens(tokens);
  await stranger.refresh(ann.uid);
  return { scenario, store, client };
}

/** A fetch that meddles with the first refresh; the rest goes straight to the cloud. */
function atFirstRefresh(scenario: Scenario, meddle: Fetch): Fetch {
  let first = true;
  return (url, init) => {
    if (!first || !isRefresh(url)) return scenario.cloud.fetch(url, init);
    first = false;
    return meddle(url, init);
  };
}

describe("a link that has ended", () => {
  it("is marked, told once, and asks the cloud no more until the user links again", async () => {
    const { scenario, store, client } = await usedUp();
    await assert.rejects(
      client.forUser(ann.uid).request(devices),
      (error: { code: string; tuya: object }) => {
        assert.equal(error.code, "relink_required");
        assert.equal((error.tuya as { code: number }).code, 1010);
        return true;
      },
    );
    const record = JSON.parse((await store.get(KEY))?.value ?? "");
    assert.equal(record.relinkRequired, true);
    assert.equal(typeof record.refreshToken, "string");

    const calls = (await scenario.calls()).length;
    await assert.rejects(client.forUser(ann.uid).request(devices), relinkRequired);
    await assert.rejects(client.refresh(ann.uid), relinkRequired);
    assert.equal((await scenario.calls()).length, calls);
    const told = scenario.events.filter(({ type }) => type === "relink_required");
    assert.deepEqual(told, [{ type: "relink_required", dataCenter: "us", uid: ann.uid }]);

    await client.exchangeCode(await scenario.code());
    await client.forUser(ann.uid).request(devices);
  });

  for (const code of [1010, 1011, 1012, 1107, 1400]) {
    it(`is one whose refresh is answered ${code}`, async () => {
      const scenario = new Scenario();
      const client = scenario.client();
      await client.exchangeCode(await scenario.code());
      await scenario.cloud.fail({ path: "/v1.0/token/", code });
      await assert.rejects(client.refresh(ann.uid), relinkRequired);
    });
  }

  it("is not one whose refresh failed otherwise", async () => {
    const scenario = new Scenario();
    const client = scenario.client({ timeout: 50 });
    await client.exchangeCode(await scenario.code());
    for (const rule of [{ code: 1001 }, { code: 1004 }, { code: 2007 }, { status: 403 }, { status: 503 }]) {
      await scenario.cloud.fail({ path: "/v1.0/token/", times: 2, ...rule });
      await assert.rejects(client.refresh(ann.uid));
      await client.refresh(ann.uid).catch(() => undefined);
    }
    await client.forUser(ann.uid).request(devices);
    assert.ok(!scenario.events.some(({ type }) => type === "relink_required"));
  });
});

describe("a refresh of unknown outcome", () => {
  it("is sent once more with the same token: it may not have arrived", async () => {
    const scenario = new Scenario();
    const lost = atFirstRefresh(scenario, () => Promise.reject(new TypeError("connection reset")));
    const client = scenario.client({ fetch: lost });
    await client.exchangeCode(await scenario.code());
    await client.refresh(ann.uid);
    assert.equal(await scenario.refreshes(), 1);
  });

  it("ends the link when the answer was lost for good", async () => {
    const scenario = new Scenario();
    const client = scenario.client();
    await client.exchangeCode(await scenario.code());
    await scenario.cloud.fail({ path: "/v1.0/token/", body: "cut" });
    await assert.rejects(client.refresh(ann.uid), relinkRequired);
    assert.equal(await scenario.refreshes(), 2);
  });
});

describe("two processes without a lock between them", () => {
  /** A store whose lock holds nobody off. */
  const unlocked = (store: Store): Store => ({
    ...store,
    tryLock: async () => ({ release: async () => undefined }),
  });

  it("use the winner's token when the loser is refused after the winner has stored", async () => {
    const scenario = new Scenario();
    const store = memoryStore();
    const gate = new Gate();
    const late = atFirstRefresh(scenario, async (url, init) => {
      await gate.pass();
      return await scenario.cloud.fetch(url, init);
    });
    const loser = scenario.client({ store: unlocked(store), fetch: late });
    const winner = scenario.client({ store: unlocked(store) });
    await winner.exchangeCode(await scenario.code());
    const losing = loser.refresh(ann.uid);
    await gate.reached;
    const won = await winner.refresh(ann.uid);
    gate.open();
    assert.equal((await losing).accessToken, won.accessToken);
    await loser.forUser(ann.uid).request(devices);
  });

  it("keep the winner's token when the loser has marked the record before the winner could store", async () => {
    const scenario = new Scenario();
    const store = memoryStore();
    const gate = new Gate();
    const slow = atFirstRefresh(scenario, async (url, init) => {
      const answer = await scenario.cloud.fetch(url, init);
      await gate.pass();
      return answer;
    });
    const winner = scenario.client({ store: unlocked(store), fetch: slow });
    const loser = scenario.client({ store: unlocked(store) });
    await winner.exchangeCode(await scenario.code());
    const winning = winner.refresh(ann.uid);
    await gate.reached;
    await assert.rejects(loser.refresh(ann.uid), relinkRequired);
    gate.open();
    const won = await winning;
    assert.equal(JSON.parse((await store.get(KEY))?.value ?? "").accessToken, won.accessToken);
    await loser.forUser(ann.uid).request(devices);
  });
});

describe("simple mode", () => {
  it("refreshes by refresh token, and asks anew only when that is refused", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    await client.request(devices);
    scenario.time += LIFETIME;
    await client.request(devices);
    assert.equal(await scenario.refreshes(), 1);
    await scenario.cloud.fail({ path: "/v1.0/token/", code: 1010 });
    scenario.time += LIFETIME;
    await client.request(devices);
    assert.deepEqual((await scenario.calls()).slice(-3), [
      "GET /v1.0/token/… token_expired",
      "GET /v1.0/token ok",
      `GET ${devices.path} ok`,
    ]);
    assert.ok(!scenario.events.some(({ type }) => type === "relink_required"));
  });

  it("lives with a cloud that repeats the token that failed", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    await client.request(devices);
    await scenario.cloud.fail({ path: "/v1.0/users", code: 1010, times: 2 });
    await scenario.cloud.fail({ path: "/v1.0/token/", code: 1010 });
    await assert.rejects(client.request(devices), { code: "token_expired" });
    await client.request(devices);
  });
});

describe("waitUntil", () => {
  it("is handed an exchange and a refresh before they are sent, and a signal ends neither", async () => {
    const scenario = new Scenario();
    const store = memoryStore();
    const order: string[] = [];
    const gate = new Gate();
    const works: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>) => {
      order.push("waitUntil");
      works.push(work);
    };
    const client = scenario.client({
      store,
      fetch: async (url, init) => {
        order.push("sent");
        await gate.pass();
        return await scenario.cloud.fetch(url, init);
      },
    });
    for (const send of [
      (signal: AbortSignal, code: string) => client.exchangeCode(code, { waitUntil, signal }),
      (signal: AbortSignal) => client.refresh(ann.uid, { waitUntil, signal }),
    ]) {
      const before = (await store.get(KEY))?.value;
      const leaving = new AbortController();
      const waiting = send(leaving.signal, await scenario.code());
      leaving.abort(new Error("gone"));
      await assert.rejects(waiting, { message: "gone" });
      gate.open();
      await Promise.all(works);
      assert.notEqual((await store.get(KEY))?.value, before);
    }
    assert.deepEqual(order, ["waitUntil", "sent", "waitUntil", "sent"]);
  });
});

/** Refreshes of several processes in many random orders of their steps: whatever the order, the link survives. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { memoryStore, type Store, type TuyaClient } from "tuya-auth/server";

import { devices, Scenario } from "../support/client-scenario.js";
import { ann, appKeys } from "../support/demo-seed.js";
import { Random } from "../support/random.js";
import { steppingStore } from "../support/stepping-store.js";

const KEY = `token:${appKeys.clientId}:us:user:${ann.uid}`;
const ROUNDS = 150;
const PROCESSES = 4;

/** A store whose lock holds nobody off: it is advisory, and may be lost. */
const unlocked = (store: Store): Store => ({
  ...store,
  tryLock: async () => ({ release: async () => undefined }),
});

/**
 * Processes on one store that replace Ann's tokens at once, with pauses of random length between all steps.
 *
 * @param failures one operation of the store in so many fails, before or after it was done; none unless given
 */
async function stir(seed: number, shared: (store: Store) => Store, failures = 0) {
  const random = new Random(seed);
  const scenario = new Scenario();
  const store = memoryStore();
  const pass = async () => {
    for (let turns = random.below(8); turns > 0; turns -= 1) await new Promise(setImmediate);
  };
  let failing = false;
  const passOrFail = async () => {
    await pass();
    if (failing && random.once(failures)) throw new Error("the store is away");
  };
  const process = () =>
    scenario.client({
      store: steppingStore(shared(store), passOrFail),
      fetch: async (url, init) => {
        await pass();
        const answer = await scenario.cloud.fetch(url, init);
        await pass();
        return answer;
      },
    });
  const processes = random.list(PROCESSES, process);
  const [first] = processes as [TuyaClient, ...TuyaClient[]];
  await first.exchangeCode(await scenario.code());
  failing = failures > 0;
  const work = async (client: TuyaClient) => {
    await pass();
    await client.refresh(ann.uid);
    await client.forUser(ann.uid).request(devices);
  };
  const outcomes = await Promise.allSettled(processes.map(work));
  failing = false;
  const codes = outcomes.flatMap((one) => (one.status === "rejected" ? [String(one.reason.code)] : []));
  const record = JSON.parse((await store.get(KEY))?.value ?? "null");
  return { processes, process, codes, record };
}

describe("several processes that refresh at once, in random orders of their steps", () => {
  it("never end a link, with the lock between them", async () => {
    for (let seed = 0; seed < ROUNDS / 5; seed += 1) {
      const { codes, record } = await stir(seed, (store) => store);
      assert.deepEqual(codes, [], `seed ${seed}`);
      assert.equal(record.relinkRequired, undefined, `seed ${seed}`);
    }
  });

  it("keep the link without a lock too: whoever is told otherwise is told too early", async () => {
    let early = 0;
    for (let seed = 0; seed < ROUNDS; seed += 1) {
      const { process, codes, record } = await stir(seed, unlocked);
      assert.ok(
        codes.every((code) => code === "relink_required"),
        `seed ${seed}: ${codes}`,
      );
      early += codes.length;
      assert.equal(record.relinkRequired, undefined, `seed ${seed}`);
      await process().forUser(ann.uid).request(devices);
    }
    // Else the orders were none that matter.
    assert.ok(early > 0);
  });

  it("lose nothing to a store that fails now and then: who has got tokens writes them when it is asked next", async () => {
    let [failed, marked] = [0, 0];
    for (let seed = 0; seed < ROUNDS; seed += 1) {
      const { processes, codes, record } = await stir(seed, unlocked, 6);
      assert.ok(
        codes.every((code) => code === "relink_required" || code === "store_failed"),
        `seed ${seed}: ${codes}`,
      );
      failed += codes.filter((code) => code === "store_failed").length;
      marked += Number(record.relinkRequired === true);
      const ask = (client: TuyaClient) => client.forUser(ann.uid).request(devices);
      for (const client of processes) await ask(client).catch(() => undefined);
      for (const client of processes) {
        await ask(client).catch((error: unknown) => assert.fail(`seed ${seed}: ${error}`));
      }
    }
    assert.ok(failed > 0 && marked > 0);
  });
});

/**
 * What every store must do, whatever it keeps its rows in: one suite, run by a small launcher per store.
 *
 * It waits in real time, since a store's clock is its own; the times are short, yet long enough for a store
 * behind a network.
 */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "tuya-auth/server";

import { sealing } from "./sealing.js";

/** A store under test and what ends it. */
export interface StoreUnderTest {
  store: Store;
  close(): Promise<void>;
}

/** A life that ends within a test, and a wait (both in ms) after which it surely has. */
const SHORT = 150;
const PAST_SHORT = 300;
/** A life that does not end within a test, in ms. */
const LONG = 60_000;

/**
 * Registers the suite with `node:test`, once for the store as it is and once with its values sealed; `open` is called
 * once and its result closed at the end.
 */
export function storeConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the store contract: ${name}`, () => {
    let opened: StoreUnderTest;
    let sealed: Store;
    before(async () => {
      opened = await open();
      sealed = await sealing(opened.store);
    });
    after(() => opened.close());

    suite("as it is", () => opened.store);
    suite("sealed", () => sealed);
  });
}

function suite(way: string, storeUnderTest: () => Store): void {
  describe(way, () => {
    /** Runs a case on a key that nothing else uses. */
    const on = (run: (store: Store, key: string) => Promise<void>) => () =>
      run(storeUnderTest(), `conformance/${randomUUID()}`);

    describe("values", () => valueCases(on));
    describe("lifetimes", () => lifetimeCases(on));
    describe("versions", () => versionCases(on));
    describe("races", () => raceCases(on));
    describe("take", () => takeCases(on));
    describe("locks", () => lockCases(on));
  });
}

type On = (run: (store: Store, key: string) => Promise<void>) => () => Promise<void>;

function valueCases(on: On): void {
  it(
    "has nothing under a new key",
    on(async (store, key) => {
      assert.equal(await store.get(key), undefined);
      assert.equal(await store.take(key), undefined);
    }),
  );

  it(
    "gives back what was set, any text and any length that a token set may have",
    on(async (store, key) => {
      for (const value of [
        "",
        "text",
        "\ufeffbegins with a mark",
        '{"a":"\\u0000"}',
        "ключ 🔑",
        "x".repeat(20_000),
      ]) {
        assert.equal(await store.set(key, value), true);
        assert.equal((await store.get(key))?.value, value);
      }
    }),
  );

  it(
    "gives back a big value whole",
    on(async (store, key) => {
      const value = `{"text":"${"äßç ".repeat(100_000)}"}`;
      assert.equal(await store.set(key, value, { ifVersion: "absent" }), true);
      assert.equal((await store.get(key))?.value, value);
      assert.equal(await store.take(key), value);
    }),
  );

  it(
    "takes any text for a key: unicode, blanks, quotes, and some 1000 characters",
    on(async (store, key) => {
      const odd = ["ключ 🔑", "a b\tc\r\nd", "{1}:*?[x]", "\"'`\\%2F/../", "\u0000", "k".repeat(900)];
      const keys = odd.map((text) => `${key}/${text}`);
      for (const [index, one] of keys.entries()) await store.set(one, String(index));
      for (const [index, one] of keys.entries()) {
        assert.equal((await store.get(one))?.value, String(index), one);
        const lock = await store.tryLock(one, LONG);
        assert.ok(lock, one);
        await lock.release();
        await store.delete(one);
        assert.equal(await store.get(one), undefined, one);
      }
    }),
  );

  it(
    "keeps keys apart",
    on(async (store, key) => {
      await store.set(`${key}/a`, "1");
      await store.set(`${key}/b`, "2");
      await store.delete(`${key}/a`);
      assert.equal(await store.get(`${key}/a`), undefined);
      assert.equal((await store.get(`${key}/b`))?.value, "2");
    }),
  );

  it(
    "forgets a deleted value, and deletes twice without complaint",
    on(async (store, key) => {
      await store.set(key, "value");
      await store.delete(key);
      await store.delete(key);
      assert.equal(await store.get(key), undefined);
    }),
  );
}

function lifetimeCases(on: On): void {
  it(
    "forgets a value when its time is over",
    on(async (store, key) => {
      await store.set(key, "value", { ttl: SHORT });
      assert.equal((await store.get(key))?.value, "value");
      await sleep(PAST_SHORT);
      assert.equal(await store.get(key), undefined);
      assert.equal(await store.take(key), undefined);
    }),
  );

  it(
    "takes an expired value for absent when it writes",
    on(async (store, key) => {
      await store.set(key, "old", { ttl: SHORT });
      await sleep(PAST_SHORT);
      assert.equal(await store.set(key, "new", { ifVersion: "absent" }), true);
      assert.equal((await store.get(key))?.value, "new");
    }),
  );

  it(
    "takes a life that is over from the start, and one that is no whole number of ms",
    on(async (store, key) => {
      await store.set(key, "before");
      assert.equal(await store.set(key, "value", { ttl: 0 }), true);
      assert.equal(await store.get(key), undefined);
      assert.equal(await store.set(key, "value", { ttl: LONG + 0.5 }), true);
      assert.equal((await store.get(key))?.value, "value");
    }),
  );

  it(
    "lets the last write decide about the lifetime",
    on(async (store, key) => {
      await store.set(key, "short", { ttl: SHORT });
      await store.set(key, "lasting");
      await sleep(PAST_SHORT);
      assert.equal((await store.get(key))?.value, "lasting");
      await store.set(key, "short", { ttl: SHORT });
      await sleep(PAST_SHORT);
      assert.equal(await store.get(key), undefined);
    }),
  );
}

function versionCases(on: On): void {
  it(
    "writes only if new on ifVersion absent",
    on(async (store, key) => {
      assert.equal(await store.set(key, "first", { ifVersion: "absent" }), true);
      assert.equal(await store.set(key, "second", { ifVersion: "absent" }), false);
      assert.equal((await store.get(key))?.value, "first");
    }),
  );

  it(
    "writes only if unchanged on ifVersion",
    on(async (store, key) => {
      await store.set(key, "first");
      const seen = await store.get(key);
      assert.ok(seen);
      assert.equal(await store.set(key, "second", { ifVersion: seen.version }), true);
      assert.equal(await store.set(key, "third", { ifVersion: seen.version }), false);
      assert.equal((await store.get(key))?.value, "second");
    }),
  );

  it(
    "never uses a version twice, not for the same value and not after a deletion",
    on(async (store, key) => {
      await store.set(key, "value");
      const seen = await store.get(key);
      assert.ok(seen);
      await store.set(key, "value");
      assert.equal(await store.set(key, "late", { ifVersion: seen.version }), false);
      await store.delete(key);
      assert.equal(await store.set(key, "late", { ifVersion: seen.version }), false);
      await store.set(key, "value");
      assert.equal(await store.set(key, "late", { ifVersion: seen.version }), false);
    }),
  );

  it(
    "lets one of 100 concurrent writers win",
    on(async (store, key) => {
      await store.set(key, "start");
      const seen = await store.get(key);
      assert.ok(seen);
      const { version: ifVersion } = seen;
      const won = await hundred((index) => store.set(key, `writer ${index}`, { ifVersion }));
      assert.equal(won.filter(Boolean).length, 1);
      assert.equal((await store.get(key))?.value, `writer ${won.indexOf(true)}`);
    }),
  );
}

function raceCases(on: On): void {
  it(
    "loses no change of writers that read, change and write until they win",
    on(async (store, key) => {
      const add = async () => {
        for (;;) {
          const found = await store.get(key);
          const sum = String(Number(found?.value ?? 0) + 1);
          if (await store.set(key, sum, { ifVersion: found?.version ?? "absent" })) return;
        }
      };
      await Promise.all(Array.from({ length: 10 }, add));
      assert.equal((await store.get(key))?.value, "10");
    }),
  );

  it(
    "gives a value to a taker or to a writer, never to both",
    on(async (store, key) => {
      for (let round = 0; round < 20; round += 1) {
        await store.set(key, "old");
        const seen = await store.get(key);
        assert.ok(seen);
        const taking = store.take(key);
        const [taken, written] = await Promise.all([
          taking,
          store.set(key, "new", { ifVersion: seen.version }),
        ]);
        // Who came second found the other's work: the writer nothing, or the taker what was just written.
        assert.equal(taken, written ? "new" : "old");
        assert.equal(await store.get(key), undefined);
      }
    }),
  );
}

function takeCases(on: On): void {
  it(
    "gives a value and removes it",
    on(async (store, key) => {
      await store.set(key, "value", { ttl: LONG });
      assert.equal(await store.take(key), "value");
      assert.equal(await store.take(key), undefined);
      assert.equal(await store.get(key), undefined);
    }),
  );

  it(
    "gives a value to one of 100 concurrent takers",
    on(async (store, key) => {
      await store.set(key, "value", { ttl: LONG });
      const taken = await hundred(() => store.take(key));
      assert.deepEqual(
        taken.filter((value) => value !== undefined),
        ["value"],
      );
    }),
  );
}

function lockCases(on: On): void {
  it(
    "has one holder among 100 that try",
    on(async (store, key) => {
      const locks = await hundred(() => store.tryLock(key, LONG));
      const held = locks.filter((lock) => lock !== undefined);
      assert.equal(held.length, 1);
      await held[0]?.release();
      assert.ok(await store.tryLock(key, LONG));
    }),
  );

  it(
    "locks keys apart from one another and from their values",
    on(async (store, key) => {
      assert.ok(await store.tryLock(key, LONG));
      assert.ok(await store.tryLock(`${key}/other`, LONG));
      assert.equal(await store.set(key, "value"), true);
      assert.equal(await store.take(key), "value");
      assert.equal(await store.tryLock(key, LONG), undefined);
      await store.set(key, "value");
      await store.delete(key);
      assert.equal(await store.tryLock(key, LONG), undefined);
    }),
  );

  it(
    "keeps the value when the lock is released",
    on(async (store, key) => {
      const lock = await store.tryLock(key, LONG);
      await store.set(key, "value");
      await lock?.release();
      assert.equal((await store.get(key))?.value, "value");
    }),
  );

  it(
    "ends by itself, and a late release leaves the next holder's lock alone",
    on(async (store, key) => {
      const late = await store.tryLock(key, SHORT);
      assert.ok(late);
      await sleep(PAST_SHORT);
      const next = await store.tryLock(key, LONG);
      assert.ok(next);
      await late.release();
      assert.equal(await store.tryLock(key, LONG), undefined);
      await next.release();
      await next.release();
      assert.ok(await store.tryLock(key, LONG));
    }),
  );
}

function hundred<T>(run: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: 100 }, (_, index) => run(index)));
}

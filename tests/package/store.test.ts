import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { memoryStore } from "tuya-auth/server";

import { storeConformance } from "../stores/conformance.js";

storeConformance("memoryStore", async () => ({ store: memoryStore(), close: async () => undefined }));

describe("memoryStore", () => {
  it("goes by the clock it is given", async () => {
    let now = 1_000;
    const store = memoryStore({ now: () => now });
    await store.set("key", "value", { ttl: 100 });
    now += 99;
    assert.equal((await store.get("key"))?.value, "value");
    now += 1;
    assert.equal(await store.get("key"), undefined);
    assert.equal(await store.set("key", "next", { ifVersion: "absent" }), true);
  });

  it("keeps its values to itself", async () => {
    const store = memoryStore();
    await store.set("key", "value");
    assert.equal(await memoryStore().get("key"), undefined);
  });
});

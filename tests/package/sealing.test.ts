import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";

import { createAuthHandler } from "tuya-auth/handler";
import { type EncryptionKey, memoryStore, type Store, type TuyaClient } from "tuya-auth/server";

import { beginLogin, cloudOrigin, createApp, dataCenters, errorOf, link } from "../support/app.js";
import { devices, Scenario } from "../support/client-scenario.js";
import { ann, appKeys, bo, cloudKeys } from "../support/demo-seed.js";
import { openStore } from "../support/open-store.js";

const KEY = `token:${appKeys.clientId}:us:user:${ann.uid}`;

/** A new key, as a program would keep it in its environment. */
const newKey = () => randomBytes(32).toString("base64url");

/** Ann's record as the store holds it. */
const stored = async (store: Store) => (await store.get(KEY))?.value ?? "";

/** Ann is linked by a client with these keys. `client` gives others of the same store. */
async function linked(encryptionKeys: readonly EncryptionKey[] | undefined) {
  const scenario = new Scenario();
  const store = openStore();
  const client = (keys: readonly EncryptionKey[] | undefined) =>
    scenario.client({ store: { ...store }, encryptionKeys: keys });
  const tokens = await client(encryptionKeys).exchangeCode(await scenario.code());
  return { scenario, store, tokens, client };
}

const call = (client: TuyaClient) => client.forUser(ann.uid).request(devices);
const unreadable = { name: "TuyaAuthError", code: "decryption_failed", retryable: false };

describe("tokens that are sealed", () => {
  it("serve calls and refreshes, and are nowhere in the store", async () => {
    const key = newKey();
    const { store, tokens, client } = await linked([key]);
    await call(client([key]));
    const next = await client([key]).refresh(ann.uid);
    const written = await store.contents();
    assert.equal(written.size, 1);
    for (const secret of [tokens, next].flatMap((set) => [set.accessToken, set.refreshToken, set.uid])) {
      assert.ok(![...written.values()].join().includes(secret));
    }
    assert.match(await stored(store), /^sealed1\.[\w-]{8}\.[\w-]+$/);
  });

  it("are sealed anew each time, under a name that tells the keys apart", async () => {
    const [one, other] = [newKey(), newKey()];
    const { store, tokens, client } = await linked([one]);
    const seals = [await stored(store)];
    for (const key of [one, other]) {
      await client([key]).importTokens(tokens);
      seals.push(await stored(store));
    }
    assert.equal(new Set(seals).size, 3);
    const ids = seals.map((seal) => seal.split(".")[1]);
    assert.equal(ids[0], ids[1]);
    assert.notEqual(ids[0], ids[2]);
  });

  it("open by a key in each of its forms", async () => {
    const bytes = randomBytes(32);
    const { client } = await linked([bytes]);
    const usages = ["encrypt", "decrypt"] as const;
    const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, usages);
    for (const form of [bytes.toString("base64url"), new Uint8Array(bytes), key]) await call(client([form]));
  });

  it("keep their key when the bytes that it was given as are wiped", async () => {
    const bytes = randomBytes(32);
    const key = bytes.toString("base64url");
    const { client } = await linked([key]);
    const wiped = client([bytes]);
    bytes.fill(0);
    await call(wiped);
  });

  it("stay the project's own in simple mode", async () => {
    const store = openStore();
    const client = new Scenario().client({ ...cloudKeys, store, encryptionKeys: [newKey()] });
    await client.request(devices);
    assert.match([...(await store.contents()).values()].join(), /^sealed1\./);
  });
});

describe("replacing a key", () => {
  it("reads with the old one and writes with the new one", async () => {
    const [old, current] = [newKey(), newKey()];
    const { client } = await linked([old]);
    await call(client([current, old]));
    await call(client([old]));
    await client([current, old]).refresh(ann.uid);
    await call(client([current]));
    await assert.rejects(call(client([old])), unreadable);
  });

  it("can go on under load: processes that know both keys, in either order, read each other", async () => {
    const [old, current] = [newKey(), newKey()];
    const { client } = await linked([old]);
    await client([old, current]).refresh(ann.uid);
    await client([current, old]).refresh(ann.uid);
    await call(client([old, current]));
  });
});

describe("turning sealing on and off", () => {
  it("refuses what is not sealed, unless told to read it", async () => {
    const key = newKey();
    const { scenario, client, store } = await linked(undefined);
    const before = (await scenario.calls()).length;
    await assert.rejects(call(client([key])), (error: Error & { code: string }) => {
      assert.equal(error.code, "decryption_failed");
      return /not sealed/.test(error.message);
    });
    assert.equal((await scenario.calls()).length, before);
    await call(client([key, "plaintext"]));
    await client([key, "plaintext"]).refresh(ann.uid);
    assert.match(await stored(store), /^sealed1\./);
    await call(client([key]));
  });

  it("goes back the same way", async () => {
    const key = newKey();
    const { client, store } = await linked([key]);
    await client(["plaintext", key]).refresh(ann.uid);
    assert.match(await stored(store), /^\{/);
    await call(client(undefined));
  });

  it("is no way to forget the keys: a client without them finds no record, and overwrites none", async () => {
    const key = newKey();
    const { client, store } = await linked([key]);
    const sealed = await stored(store);
    await assert.rejects(call(client(undefined)), { code: "store_failed" });
    assert.equal(await stored(store), sealed);
  });
});

describe("a value that does not open", () => {
  it("is an error, and stays what it is", async () => {
    const { scenario, store, client } = await linked([newKey()]);
    const sealed = await store.get(KEY);
    const calls = (await scenario.calls()).length;
    const stranger = client([newKey()]);
    await assert.rejects(call(stranger), unreadable);
    await assert.rejects(stranger.refresh(ann.uid), unreadable);
    assert.deepEqual(await store.get(KEY), sealed);
    assert.equal((await scenario.calls()).length, calls);
  });

  it("is one that was altered in any part, or moved to another user", async () => {
    const key = newKey();
    const { store, client } = await linked([key]);
    const sealed = await stored(store);
    const parts = sealed.split(".");
    const flipped = (text: string, at: number) =>
      `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
    const [mark = "", id = "", data = ""] = parts;
    const altered = [
      ...[0, 5, 16, 40, data.length >> 1, data.length - 10].map((at) =>
        [mark, id, flipped(data, at)].join("."),
      ),
      [mark, flipped(id, 3), data].join("."),
      [mark, id, data.slice(0, -8)].join("."),
      [mark, id, "AAAA"].join("."),
      [mark, id, "A"].join("."),
      `${mark}.${id}.`,
      ` ${sealed}`,
    ];
    for (const value of altered) {
      await store.set(KEY, value);
      await assert.rejects(call(client([key])), unreadable, value);
    }
    await store.set(KEY.replace(ann.uid, bo.uid), sealed);
    await assert.rejects(client([key]).forUser(bo.uid).request(devices), unreadable);
    await store.set(KEY, sealed);
    await call(client([key]));
  });

  it("ends when the user links again, or the link is forgotten", async () => {
    const { scenario, client } = await linked([newKey()]);
    const stranger = client([newKey()]);
    await stranger.exchangeCode(await scenario.code());
    await call(stranger);
    const other = client([newKey()]);
    await other.forget(ann.uid);
    await assert.rejects(call(other), { code: "not_linked" });
  });
});

describe("encryptionKeys", () => {
  const wrong: readonly unknown[] = [
    [],
    "a key",
    [""],
    ["plaintext"],
    [newKey(), undefined],
    [randomBytes(31)],
    [randomBytes(33).toString("base64url")],
    [randomBytes(16).toString("base64url")],
    [`${"A".repeat(42)}=`],
    [`${newKey().slice(1)}+`],
    [randomBytes(32).toString("hex")],
    [{ type: "secret", algorithm: { name: "AES-CBC", length: 256 }, usages: ["encrypt", "decrypt"] }],
    [{ type: "secret", algorithm: { name: "AES-GCM", length: 128 }, usages: ["encrypt", "decrypt"] }],
    [{ type: "secret", algorithm: { name: "AES-GCM", length: 256 }, usages: ["decrypt"] }],
    null,
  ];

  it("are checked when client and handler are made, and never quoted", () => {
    const scenario = new Scenario();
    for (const encryptionKeys of wrong as never[]) {
      const made = [
        () => scenario.client({ encryptionKeys }),
        () =>
          createAuthHandler({
            ...appKeys,
            origin: "https://app.example",
            store: memoryStore(),
            dataCenters,
            encryptionKeys,
          }),
      ];
      for (const make of made) {
        assert.throws(make, (error: Error & { code: string }) => {
          assert.equal(error.name, "TypeError");
          assert.equal(error.code, "invalid_argument");
          const [first] = Array.isArray(encryptionKeys) ? (encryptionKeys as unknown[]) : [];
          return typeof first !== "string" || first.length < 20 || !error.message.includes(first);
        });
      }
    }
  });
});

describe("a handler with encryptionKeys", () => {
  it("seals whatever it stores, for all its routes", async () => {
    const key = newKey();
    const store = openStore();
    const app = createApp({ store, encryptionKeys: [key], api: ["GET /v1.0/users/{uid}/devices"] });
    const browser = app.browser();
    assert.equal((await link(app, browser)).redirect, `${app.origin}/`);
    const answer = await browser.fetch(`${app.origin}/`, "GET", "/auth/api/v1.0/users/me/devices");
    assert.equal(answer.status, 200, answer.text);
    await beginLogin(app, app.browser());
    const written = await store.contents();
    assert.deepEqual([...new Set([...written.keys()].map((name) => name.split(":")[0]))].sort(), [
      "browser",
      "link",
      "login",
      "session",
      "token",
    ]);
    for (const [name, value] of written) assert.match(value, /^sealed1\./, name);
    const unlinked = await browser.fetch(`${app.origin}/`, "POST", "/auth/unlink");
    assert.equal(unlinked.status, 204);
  });

  it("takes no session that somebody has put into the store", async () => {
    const key = newKey();
    const store = openStore();
    const app = createApp({ store, encryptionKeys: [key] });
    const [mine, other] = [app.browser(), app.browser()];
    await link(app, mine);
    const sessions = async () =>
      [...(await store.contents())].filter(([name]) => name.startsWith("session:"));
    const [ours] = await sessions();
    assert.ok(ours);
    await link(app, other);
    const theirs = (await sessions()).find(([name]) => name !== ours[0]);
    assert.ok(theirs);
    await store.set(ours[0], theirs[1]);
    const answer = await mine.fetch(`${app.origin}/`, "GET", "/auth/session");
    assert.equal(answer.status, 500);
    assert.equal(errorOf(answer), "decryption_failed");
    assert.ok(!answer.text.includes(cloudOrigin));
  });
});

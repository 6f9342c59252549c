import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const manifest = JSON.parse(readFileSync(require.resolve("tuya-auth/package.json"), "utf8"));

/** The entries, and what each offers. */
const page = [
  "TuyaAuthError",
  "allowInsecure",
  "createAuthorization",
  "dataCenterForCountry",
  "dataCenters",
  "parseCallback",
  "ready",
];
const server = [
  ...page,
  "ContentHash",
  "Signer",
  "TuyaClient",
  "buildTokenRequest",
  "memoryStore",
  "parseTokenResponse",
];
const cloud = ["createCloud", "memoryRows", "seed"];
const entries = {
  "tuya-auth": page,
  "tuya-auth/server": server,
  "tuya-auth/handler": ["createAuthHandler"],
  "tuya-auth/durable-object": ["TuyaStoreObject", "durableObjectStore"],
  "tuya-auth/redis": ["redisStore"],
  "tuya-auth/debug": ["diagnose", "explain"],
  "tuya-auth/emulator": cloud,
  "tuya-auth/emulator/node": ["serveCloud", "sqliteRows"],
  "tuya-auth/emulator/durable-object": ["TuyaCloudObject"],
  "tuya-auth/emulator/node-test": ["seed", "useCloud"],
  "tuya-auth/emulator/vitest": ["seed", "useCloud"],
  "tuya-auth/inline": page,
  "tuya-auth/server/inline": server,
  "tuya-auth/handler/inline": ["createAuthHandler"],
  "tuya-auth/debug/inline": ["diagnose", "explain"],
  "tuya-auth/emulator/inline": cloud,
};

/** The WebAssembly modules that are offered as files. */
const modules = ["page", "core", "debug", "emulator"];

describe("the package", () => {
  for (const [entry, names] of Object.entries(entries)) {
    it(`offers ${entry}, by import and by require`, async () => {
      assert.deepEqual(Object.keys(await import(entry)).sort(), [...names].sort());
      assert.deepEqual(Object.keys(require(entry)).sort(), [...names].sort());
    });
  }

  it("has no entry that is not tested here", () => {
    const offered = Object.keys(manifest.exports).map((path) => path.replace(/^\./, "tuya-auth"));
    const files = [...modules.map((name) => `tuya-auth/${name}.wasm`), "tuya-auth/package.json"];
    assert.deepEqual(offered.sort(), [...Object.keys(entries), ...files].sort());
  });

  it("lists conditions in the order in which they must match, and every entry for both kinds of edge", () => {
    for (const [entry, target] of Object.entries<string | object>(manifest.exports)) {
      if (typeof target === "string") continue;
      const order =
        "workerd" in target ? ["types", "workerd", "edge-light", "default"] : ["types", "default"];
      assert.deepEqual(Object.keys(target), order, entry);
    }
  });

  it("depends on nothing but the test runner of its helper, and has no side effects", () => {
    for (const field of ["dependencies", "optionalDependencies", "bundleDependencies"])
      assert.equal(manifest[field], undefined);
    assert.deepEqual(Object.keys(manifest.peerDependencies), ["vitest"]);
    assert.deepEqual(manifest.peerDependenciesMeta, { vitest: { optional: true } });
    assert.equal(manifest.sideEffects, false);
  });

  for (const name of modules) {
    it(`offers ${name}.wasm as it is`, () => {
      const bytes = readFileSync(require.resolve(`tuya-auth/${name}.wasm`));
      assert.ok(WebAssembly.validate(bytes));
    });
  }

  it("runs nothing when it is imported", async () => {
    // Vitest itself, which one of them imports, asks for the date.
    const quiet = Object.keys(entries).filter((entry) => !entry.endsWith("/vitest"));
    const program = `
      for (const name of ["WebAssembly", "crypto", "fetch", "setTimeout", "Date"]) {
        Object.defineProperty(globalThis, name, { get() { throw new Error(name + " was used"); } });
      }
      Math.random = () => { throw new Error("Math.random was used"); };
      await Promise.all(${JSON.stringify(quiet)}.map((entry) => import(entry)));
    `;
    const directory = new URL(".", import.meta.url);
    await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: directory,
    });
  });

  it("has one TuyaAuthError for all entries", async () => {
    const [one, ...others] = await Promise.all(
      ["tuya-auth", "tuya-auth/server", "tuya-auth/inline", "tuya-auth/server/inline"].map(
        async (entry) => (await import(entry)).TuyaAuthError,
      ),
    );
    for (const other of others) assert.equal(other, one);
  });
});

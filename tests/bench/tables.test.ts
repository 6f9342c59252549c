import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { optionsOf } from "../../bench/options.js";
import { FIRST_USE, type Filled } from "../../bench/report/results.js";
import { fillTables } from "../../bench/tables.js";
import { ids } from "../../bench/work/ids.js";
import { absent } from "../runtimes/programs.js";

const everywhere = [
  "WebCrypto, key cached",
  "@noble/hashes",
  "@noble/hashes, key state cloned",
  "crypto-js",
  "hash-wasm",
];
const nodeCrypto = ["node:crypto, the plain way", "node:crypto, tuned by hand"];
const official = "official node client";
const native = ["Rust, portable SHA-256", "Rust, this machine's SHA-256"];

/** Who must stand in a table, where there is Node's crypto and where there is not. */
function expected(table: string, withNode: boolean): string[] {
  const peers = [...(withNode ? nodeCrypto : []), ...everywhere];
  const [kind, nonce, , form] = table.split(", ");
  if (kind === "verify") return ["tuya-auth", ...(withNode ? ["node:crypto, tuned by hand"] : [])];
  if (kind === "callback") return ["tuya-auth", "URL and a comparison"];
  if (kind === "diagnose") return ["tuya-auth"];
  if (kind === FIRST_USE) {
    const libraries = ["@noble/hashes", "crypto-js", "hash-wasm", "tuya-auth/emulator, a token call"];
    const onNode = [`${official}, imported only`, "node:crypto, the plain way"];
    return ["tuya-auth", ...(withNode ? onNode : []), ...libraries];
  }
  if (nonce === "nonce generated") return ["tuya-auth", "tuya-auth, nonce not drawn", ...peers];
  return ["tuya-auth", ...peers, ...(withNode && form === undefined ? [official] : []), ...native];
}

/** Whoever signs differently ends the run with an error, so that a table says that its candidates agree. */
describe("the benchmark, without taking times", () => {
  for (const [name, title] of Object.entries({
    node: /^Node 2/,
    node22: /^Node 22/,
    node24: /^Node 24/,
    workerd: /^workerd 1/,
    chromium: /^Chrome 1/,
  })) {
    const skip = name === "node22" || name === "node24" ? absent(name) : false;
    it(`fills every table on ${name}, and all candidates agree`, { skip }, async () => {
      const only = "sign;verify;callback;diagnose;first use";
      const filled = await fillTables(
        optionsOf(["--quick", "--only", only, "--runtime", name]),
        () => undefined,
      );
      assert.deepEqual(
        filled.map(({ table }) => table),
        [...ids, FIRST_USE],
      );
      for (const table of filled) {
        assert.match(table.runtime, title);
        assert.deepEqual(present(table), expected(table.table, name !== "chromium").sort());
      }
    });
  }
});

/** Who stands in a table, with those for whose absence there is a reason. */
function present({ rows, absent }: Filled): string[] {
  const names = new Set([...rows.map(({ name }) => name), ...Object.keys(absent)]);
  names.delete("nothing");
  return [...names].sort();
}

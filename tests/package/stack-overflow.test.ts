/** A stack overflow within a call, which the caller catches: what comes next works, and does not hang. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";

import { Signer } from "tuya-auth/server";

const keys = { clientId: "client0id", secret: "client0secret" };
const request = { url: "/a?b=1&a=%20", nonce: "n", t: 1_700_000_000_000 };

/**
 * Signs at the end of the stack, from many depths, so that some overflow within the module; then signs again. Prints
 * how the old signer fared, and the sign of a new one.
 */
const program = `
  import { Signer } from "tuya-auth/server";

  const keys = ${JSON.stringify(keys)};
  const request = ${JSON.stringify(request)};
  const outcomes = new Set();
  const dive = (signer) => {
    try {
      signer.sign(request);
    } catch {}
    dive(signer);
  };
  const from = (depth, signer) => (depth === 0 ? dive(signer) : from(depth - 1, signer) + 1);
  for (let depth = 0; depth < 60; depth += 1) {
    const signer = new Signer(keys);
    try {
      from(depth, signer);
    } catch {}
    try {
      outcomes.add(signer.sign(request).sign);
    } catch (error) {
      outcomes.add(error.code);
    }
    outcomes.add(new Signer(keys).sign(request).sign);
    signer.free();
  }
  console.log([...outcomes].sort().join());
`;

describe("a stack overflow within a call", () => {
  it("ends the instance, so that old signers are lost and new ones sign as ever", () => {
    const args = ["--input-type=module", "--eval", program];
    const printed = execFileSync(process.execPath, args, { timeout: 60_000, encoding: "utf8" });
    assert.equal(printed.trim(), `${new Signer(keys).sign(request).sign},instance_lost`);
  });
});

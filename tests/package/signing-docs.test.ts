import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { program } from "../support/emulator-process.js";
import { peers } from "../support/vectors.js";

// From target/ts/tests/package, where this runs.
const page = fileURLToPath(new URL("../../../../docs/signing.md", import.meta.url));
const { PATH } = process.env;
const env = { PATH, TUYA_CLIENT_ID: peers.clientId, TUYA_CLIENT_SECRET: peers.secret };

/** The page's console blocks: a command, which may go on over lines, and what it prints. */
const blocks = [...readFileSync(page, "utf8").matchAll(/```console\n\$ (.*?[^\\])\n(.*?)```/gs)];

describe("docs/signing.md", () => {
  it("quotes explain and diagnose for two requests of other clients", () => {
    assert.equal(blocks.length, 4);
  });

  for (const [, command = "", printed] of blocks) {
    it(`prints what it quotes: ${command.split("\n")[0]}`, () => {
      const line = command.replace("npx tuya-auth", '"$NODE" "$PROGRAM"');
      const output = execFileSync("bash", ["-c", line], {
        env: { ...env, NODE: process.execPath, PROGRAM: program },
        encoding: "utf8",
      });
      assert.equal(output.trimEnd(), printed?.trimEnd());
    });
  }
});

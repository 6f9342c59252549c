import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { pages } from "../runtimes/browsers.js";
import { type InstalledSuite, installSuite } from "../runtimes/installed.js";
import { servePage } from "../runtimes/page-server.js";
import { runProgram } from "../runtimes/processes.js";
import { absent } from "../runtimes/programs.js";
import { isComplete } from "../runtimes/runtime.js";
import type { FirstUses } from "./first-uses.js";
import type { Outcome } from "./group.js";

const folder = fileURLToPath(new URL("../../../engines", import.meta.url));

/** The uses that are refused, and how often each code was given. */
function refused(found: FirstUses): readonly [uses: string[], codes: (string | undefined)[]] {
  const refusals = Object.entries(found).flatMap(([use, result]) =>
    result === "ok" ? [] : [{ use, result }],
  );
  return [refusals.map(({ use }) => use), [...new Set(refusals.map(({ result }) => result.code))]];
}

const server = ["tuya-auth/server", "tuya-auth/server, ready()", "tuya-auth/debug", "tuya-auth/emulator"];
const all = ["tuya-auth", "tuya-auth, ready()", ...server];

describe("engines that grant less", () => {
  let suite: InstalledSuite;
  before(async () => {
    suite = await installSuite(folder);
  });

  for (const name of ["node20", "node24"] as const) {
    describe(name, { skip: absent(name) }, () => {
      for (const option of ["--disallow-code-generation-from-strings", "--frozen-intrinsics"]) {
        it(`run the whole suite under ${option}`, async () => {
          const outcomes = (await runProgram(name, suite, "process", [option])) as Outcome[];
          assert.ok(outcomes.length > 50);
          assert.deepEqual(
            outcomes.filter(({ ok }) => !ok),
            [],
          );
        });
      }

      it("run the page's half without SIMD, and say of the others what is missing", async () => {
        const found = await firstUsesIn(name, "--no-enable-sse4-1");
        assert.deepEqual(refused(found), [server, ["unsupported_runtime"]]);
        assert.match(JSON.stringify(found["tuya-auth/server"]), /SIMD/);
      });

      it("say so where there is no WebAssembly", async () => {
        assert.deepEqual(refused(await firstUsesIn(name, "--jitless")), [all, ["unsupported_runtime"]]);
      });
    });
  }

  for (const browser of pages) {
    const skip = !isComplete() && browser.absent();
    it(`say so in a page of ${browser.name} whose policy forbids it`, { skip }, async () => {
      const page = await servePage(suite, { programs: ["page-first-uses"], wasm: false });
      const { result } = await browser.show(page);
      assert.deepEqual(refused(result as FirstUses), [all, ["unsupported_runtime"]]);
    });
  }

  const firstUsesIn = async (name: "node20" | "node24", option: string) =>
    (await runProgram(name, suite, "process-first-uses", [option])) as FirstUses;
});

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { type InstalledSuite, installSuite } from "../runtimes/installed.js";
import { isComplete, type Run, type Runtime } from "../runtimes/runtime.js";
import { runtimes } from "../runtimes/runtimes.js";
import { recordCell } from "../support/matrix.js";
import type { Group } from "./group.js";
import { groups } from "./suite.js";

const folder = fileURLToPath(new URL("../../../conformance", import.meta.url));

describe("the conformance suite, on the packed tarball", () => {
  let suite: InstalledSuite;
  before(async () => {
    suite = await installSuite(folder);
  });

  for (const runtime of runtimes) {
    // Where set-up can install them all, one that is absent is a failure.
    const reason = !isComplete() && runtime.absent();
    if (reason !== false)
      for (const group of groups) record(runtime, group, { version: "", ms: 0, ok: true, reason });

    describe(runtime.name, { skip: reason }, () => {
      let run: Run & { readonly ms: number };
      before(async () => {
        assert.equal(runtime.absent(), false);
        const started = performance.now();
        run = { ...(await runtime.run(suite)), ms: Math.round(performance.now() - started) };
      });

      for (const group of groups) {
        it(group.name, () => {
          const { version, ms } = run;
          const outcomes = run.outcomes.filter((outcome) => outcome.group === group.name);
          const failed = outcomes.filter(({ ok }) => !ok).map(({ name, error }) => `${name}\n${error}`);
          const [unsuited] = outcomes.flatMap((outcome) => outcome.unsuited ?? []);
          const rest = unsuited === undefined ? {} : { reason: unsuited };
          record(runtime, group, { version, ms, ok: failed.length === 0, ...rest });
          assert.ok(failed.length === 0, failed.join("\n\n"));
          assert.deepEqual(
            outcomes.map(({ name }) => name),
            group.checks.map(({ name }) => name),
          );
          assert.equal(unsuited !== undefined, runtime.without.includes(group.name), unsuited);
        });
      }
    });
  }
});

function record(
  { name, ofMachine }: Runtime,
  { name: column, checks }: Group,
  found: { version: string; ms: number; ok: boolean; reason?: string },
): void {
  recordCell("conformance", {
    table: "runtime",
    name,
    ofMachine,
    case: column,
    checks: checks.length,
    ...found,
  });
}

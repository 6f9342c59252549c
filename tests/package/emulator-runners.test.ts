import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { writeExample } from "../support/documents.js";

const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

/** The runners, the document's example of each, and a change of it that makes its test fail. */
const runners = [
  {
    name: "node:test",
    entry: "tuya-auth/emulator/node-test",
    file: "linking.test.mjs",
    run: (file: string) => ["--test", "--test-reporter=tap", file],
    passed: /^# pass 1$/m,
    failed: /^# fail 1$/m,
    right: "Ann's lamp",
    wrong: "Bo's lamp",
  },
  {
    name: "vitest",
    entry: "tuya-auth/emulator/vitest",
    file: "linking.vitest.test.mjs",
    run: (file: string) => [vitest, "run", "--root", dirname(file), "--reporter=default", file],
    passed: /Tests\s+1 passed \(1\)/,
    failed: /Tests\s+1 failed \(1\)/,
    right: "toBe(200)",
    wrong: "toBe(201)",
  },
] as const;

describe("useCloud of the documentation", () => {
  for (const { name, entry, file, run, passed, failed, right, wrong } of runners) {
    const by = (path: string) => runBy(run(path));

    it(`serves a cloud to a test of ${name}, and ends it`, async () => {
      const { status, output } = await by(await writeExample("docs/emulator.md", entry, `passing/${file}`));
      assert.match(output, passed);
      assert.equal(status, 0, output);
    });

    it(`lets a test of ${name} fail, and ends the cloud all the same`, async () => {
      const change = (code: string) => code.replace(right, wrong);
      const { status, output } = await by(
        await writeExample("docs/emulator.md", entry, `failing/${file}`, change),
      );
      assert.match(output, failed);
      assert.equal(status, 1, output);
    });

    it(`says in ${name} that the cloud runs while tests do`, async () => {
      const change = (code: string) => `${code}\nemulator.origin;\n`;
      const { status, output } = await by(
        await writeExample("docs/emulator.md", entry, `too-early/${file}`, change),
      );
      assert.match(output, /the cloud runs while tests do/);
      assert.equal(status, 1, output);
    });
  }
});

async function runBy(args: readonly string[]): Promise<{ status: number | null; output: string }> {
  // The runner that runs this would take a run below it for a part of its own.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, args, {
    env: { ...env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { status, output: `${output}${errors}` };
}

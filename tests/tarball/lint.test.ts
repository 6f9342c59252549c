/** What those find who look at published packages by profession: publint, and "are the types wrong". */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";

import { checkPackage, createPackageFromTarballData, type Problem } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

import { tarball } from "../support/tarball.js";

it("gives publint nothing to say, strict as it can be", async () => {
  const bytes = new Uint8Array(readFileSync(tarball()));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  );
});

it("has types that say what every resolver finds", async () => {
  const bytes = new Uint8Array(readFileSync(tarball()));
  const checked = await checkPackage(createPackageFromTarballData(bytes));
  assert.ok(checked.types !== false, "no types were found");
  const untyped = Object.values(checked.entrypoints).filter(({ hasTypes }) => !hasTypes);
  assert.deepEqual(
    untyped.map(({ subpath }) => subpath),
    ["./package.json"],
  );
  assert.deepEqual(
    checked.problems.filter((problem) => !isKnown(problem)),
    [],
  );
});

/** What holds of every package of ES modules alone, and modules of WebAssembly for a resolver that knows no `exports`. */
function isKnown(problem: Problem): boolean {
  if (problem.kind === "CJSResolvesToESM") return true;
  return (
    problem.kind === "NoResolution" &&
    problem.resolutionKind === "node10" &&
    problem.entrypoint.endsWith(".wasm")
  );
}

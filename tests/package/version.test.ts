import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";

import { printed } from "../support/command.js";

const root = new URL("../../../../", import.meta.url);

it("has the version that Cargo.toml says for all of the workspace, and nobody else says", async () => {
  const workspace = readFileSync(new URL("Cargo.toml", root), "utf8");
  const [, version] = /\[workspace\.package\]\nversion = "([^"]+)"/.exec(workspace) ?? [];
  const { version: packed } = JSON.parse(readFileSync(new URL("pkg/package.json", root), "utf8"));
  assert.ok(version);
  assert.equal(packed, version);
  assert.equal(await printed("--version"), `${version}\n`);
  assert.doesNotMatch(readFileSync(new URL("pkg-template/package.json", root), "utf8"), /"version"/);
});

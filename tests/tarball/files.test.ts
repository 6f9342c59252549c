/** What is published: exactly these files, and nothing in them that only the build or its machine knows. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { unpacked } from "../support/tarball.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Writes the list anew, from the repository's root. */
const RENEW =
  "tar -tzf target/tuya-auth-*.tgz | sed 's#^package/##' | LC_ALL=C sort > tests/tarball/files.txt";

describe("the tarball", () => {
  let folder: string;
  let files: string[];
  before(() => {
    folder = unpacked();
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
      .sort();
  });
  after(() => rmSync(dirname(folder), { recursive: true }));

  it("holds the files of tests/tarball/files.txt", () => {
    const pinned = readFileSync(join(root, "tests/tarball/files.txt"), "utf8").trimEnd().split("\n").sort();
    const [known, found] = [new Set(pinned), new Set(files)];
    const added = files.filter((file) => !known.has(file)).map((file) => `+ ${file}`);
    const missing = pinned.filter((file) => !found.has(file)).map((file) => `- ${file}`);
    const difference = [...added, ...missing];
    assert.deepEqual(difference, [], `${difference.join("\n")}\nif that is wanted: ${RENEW}`);
  });

  it("holds no sources, source maps or tests", () => {
    const unwanted =
      /\.map$|(?<!\.d|\.d\.wasm)\.[mc]?ts$|\.tsbuildinfo$|\.test\.|(^|\/)(__)?(tests?|src)(__)?\//;
    assert.deepEqual(
      files.filter((file) => unwanted.test(file)),
      [],
    );
    assert.ok(unwanted.test("dist/index.ts") && unwanted.test("dist/index.js.map"));
  });

  it("holds what a reader of the package is told: licences, changes, and how to use it", () => {
    for (const name of ["LICENSE-APACHE", "LICENSE-MIT", "CHANGELOG.md"]) {
      const [published, own] = [join(folder, name), join(root, name)];
      assert.equal(readFileSync(published, "utf8"), readFileSync(own, "utf8"));
    }
    assert.match(readFileSync(join(folder, "README.md"), "utf8"), /^# tuya-auth\n/);
  });

  it("names no folder of the machine that built it, and no source map", () => {
    const { CARGO_HOME = "/.cargo/" } = process.env;
    const names = [root, homedir(), CARGO_HOME, "/home/", "sourceMappingURL"];
    // A home that is the root folder is in every path.
    const telling = names.map((name) => name.replace(/\/$/, "")).filter((name) => name.length > 1);
    for (const file of files) {
      const bytes = readFileSync(join(folder, file));
      for (const name of telling) assert.ok(!bytes.includes(name), `${file} holds ${name}`);
    }
  });
});

/** Every program that the READMEs show compiles against the published package. */

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { type Consumers, compilers, consumers, root } from "./consumer.js";

const bundler = { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "esnext.disposable"] };

/** The documents, how many programs each shows, and what knows the names that these leave to their reader. */
const documents = [
  { path: "README.md", shown: 1, given: "readme.d.ts", types: ["@cloudflare/workers-types"] },
  { path: "pkg-template/README.md", shown: 4, given: "package-readme.d.ts", types: ["node"] },
] as const;

describe("the READMEs show programs that compile", () => {
  let users: Consumers;
  before(() => {
    users = consumers();
  });
  after(() => users.remove());

  for (const { path, shown, given, types } of documents) {
    it(`in ${path}`, async () => {
      const text = readFileSync(join(root, path), "utf8");
      const blocks = [...text.matchAll(/^```(?:js|ts)\n(.*?)^```$/gms)].map(([, block = ""]) => block);
      assert.equal(blocks.length, shown);
      const names = blocks.map((block, index) => {
        const name = `shown-${index}.ts`;
        writeFileSync(join(users.folder, name), block);
        return name;
      });
      const said = await users.compile(compilers["TypeScript 7"], [given, ...names], { ...bundler, types });
      assert.equal(said, "", blocks.join("\n----\n"));
    });
  }
});

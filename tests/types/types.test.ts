/** The published types, in each kind of program and by two compilers. */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { type Consumers, compilers, consumers } from "./consumer.js";

interface Program {
  readonly name: string;
  /** Of `tests/types/consumers`. */
  readonly file: string;
  readonly options: object;
}

const page = ["es2022", "dom", "dom.iterable", "esnext.disposable"];
const bundler = { module: "esnext", moduleResolution: "bundler" };

const programs: readonly Program[] = [
  {
    name: "an ES module by Node's rules and types",
    file: "public.ts",
    options: { module: "nodenext", lib: ["es2022", "esnext.disposable"], types: ["node"] },
  },
  {
    name: "what a bundler takes, for pages",
    file: "public.ts",
    options: { ...bundler, lib: page, types: [] },
  },
  {
    name: "CommonJS by Node's rules",
    file: "commonjs.cts",
    options: { module: "nodenext", lib: ["es2022"], types: ["node"] },
  },
  {
    name: "CommonJS by the rules of Node 20, the first that requires ES modules",
    file: "commonjs.cts",
    options: { module: "node20", lib: ["es2022"], types: ["node"] },
  },
  {
    name: "a program that knows neither a page's types nor Node's",
    file: "no-web.ts",
    options: { module: "nodenext", lib: ["es2022"], types: [] },
  },
  {
    name: "a worker by Cloudflare's types",
    file: "worker.ts",
    options: {
      ...{ ...bundler, lib: ["es2022"], types: ["@cloudflare/workers-types"] },
      allowArbitraryExtensions: true,
    },
  },
];

describe("the package's types hold", () => {
  let users: Consumers;
  before(() => {
    users = consumers();
  });
  after(() => users.remove());

  for (const [compiler, path] of Object.entries(compilers)) {
    for (const { name, file, options } of programs) {
      it(`in ${name}, by ${compiler}`, async () => {
        assert.equal(await users.compile(path, [file], options), "");
      });
    }
  }

  it("against mistakes, which the compilers find", async () => {
    for (const path of Object.values(compilers)) {
      const said = await users.compile(path, ["mistaken.ts"], {
        module: "nodenext",
        lib: ["es2022"],
        types: [],
      });
      assert.match(said, /^mistaken\.ts\(3,\d+\): error TS2345: [^\n]*'number'/);
    }
  });
});

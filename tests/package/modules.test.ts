/** What a bundler takes along for an entry: its own module, no package, and no second copy of a class. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { describe, it } from "node:test";

import { build, type Metafile } from "esbuild";

const { resolve } = createRequire(import.meta.url);
const manifest = JSON.parse(readFileSync(resolve("tuya-auth/package.json"), "utf8"));

const modules = ["page", "core", "debug", "emulator"] as const;

/** The module that each entry loads, and the imports that it leaves to its runtime: none unless it is Node's. */
const entries: Record<string, { readonly module?: (typeof modules)[number]; readonly imports?: RegExp }> = {
  ".": { module: "page" },
  "./server": { module: "core" },
  "./handler": { module: "core" },
  "./durable-object": {},
  "./redis": {},
  "./debug": { module: "debug" },
  "./emulator": { module: "emulator" },
  "./emulator/durable-object": { module: "emulator" },
  "./emulator/node": { module: "emulator", imports: /^node:/ },
  "./emulator/node-test": { module: "emulator", imports: /^node:/ },
  "./emulator/vitest": { module: "emulator", imports: /^(node:|vitest$)/ },
  "./inline": { module: "page" },
  "./server/inline": { module: "core" },
  "./handler/inline": { module: "core" },
  "./debug/inline": { module: "debug" },
  "./emulator/inline": { module: "emulator" },
};

/** Bundles entries as one program, for runtimes of that condition. */
async function bundle(condition: string, names: readonly string[]): Promise<Metafile> {
  const contents = names.map((name) => `export * from ${JSON.stringify(name.replace(".", "tuya-auth"))};`);
  const { metafile } = await build({
    stdin: { contents: contents.join("\n"), resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    conditions: condition === "default" ? [] : [condition],
    external: ["node:*", "vitest"],
    loader: { ".wasm": "copy" },
    outdir: "/bundle",
    logLevel: "silent",
  });
  return metafile;
}

/** The files of a module that were taken along, such as `core.js` and `core.wasm`. */
function modulesIn({ inputs }: Metafile): string[] {
  const generated = Object.keys(inputs).filter((path) => path.includes("/generated/"));
  const names = generated.map((path) => basename(path).replace(/\?.*/, ""));
  return names.filter((name) => modules.some((module) => name.startsWith(`${module}.`))).sort();
}

/** What is left to the runtime. */
function importsOf({ outputs }: Metafile): string[] {
  const imports = Object.values(outputs).flatMap((output) => output.imports);
  return imports.filter(({ external }) => external).map(({ path }) => path);
}

describe("an entry takes along its own module alone, and no package", () => {
  it("of all that are offered", () => {
    const offered = Object.entries(manifest.exports).filter(([, target]) => typeof target === "object");
    assert.deepEqual(offered.map(([name]) => name).sort(), Object.keys(entries).sort());
  });

  for (const [name, { module, imports = /^$/ }] of Object.entries(entries)) {
    for (const condition of Object.keys(manifest.exports[name]).filter((key) => key !== "types")) {
      it(`${name}, by the condition ${condition}`, async () => {
        const metafile = await bundle(condition, [name]);
        const code = condition === "default" ? "text.js" : "wasm";
        const own = module === undefined ? [] : [`${module}.${code}`, `${module}.js`];
        assert.deepEqual(modulesIn(metafile), own.sort());
        assert.deepEqual(
          importsOf(metafile).filter((path) => !imports.test(path)),
          [],
        );
      });
    }
  }
});

for (const condition of ["default", "workerd", "edge-light"]) {
  it(`the entries share their files in a program for the condition ${condition}`, async () => {
    const everywhere = Object.keys(entries).filter((name) => entries[name]?.imports === undefined);
    const { inputs } = await bundle(
      condition,
      everywhere.filter((name) => !name.endsWith("/inline")),
    );
    const files = Object.keys(inputs).filter((path) => path.endsWith(".js"));
    const originals = files.map((path) => path.replace(`.${condition}.js`, ".js"));
    assert.equal(new Set(originals).size, files.length, "a file and its twin");
  });
}

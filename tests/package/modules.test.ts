/** What a bundler takes along for an entry: its own module, no package, and no second copy of a class. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";

import { build, type Metafile } from "esbuild";

const { resolve } = createRequire(import.meta.url);
const manifest = JSON.parse(readFileSync(resolve("tuya-auth/package.json"), "utf8"));

const modules = ["page", "core", "debug", "emulator"] as const;

/** Their texts, as the package's files are made of them. */
const texts = new Map<string, string>();
for (const module of modules) {
  const compiled = new URL(`../../../package/generated/${module}.text.js`, import.meta.url);
  texts.set(module, (await import(compiled.href)).text);
}

interface Bundle {
  readonly metafile: Metafile;
  /** The program. */
  readonly code: string;
}

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
function bundle(condition: string, names: readonly string[]): Promise<Bundle> {
  const contents = names.map((name) => `export * from ${JSON.stringify(name.replace(".", "tuya-auth"))};`);
  return bundleProgram(condition, contents.join("\n"));
}

async function bundleProgram(condition: string, contents: string): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
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
  const code = outputFiles.find(({ path }) => path.endsWith(".js"))?.text ?? "";
  return { metafile, code };
}

/** What of the modules was taken along, such as `core as a file` and `emulator's glue`. */
function modulesIn({ metafile, code }: Bundle): string[] {
  const files = Object.keys(metafile.inputs).map((path) => path.replace(/\?.*/, ""));
  return modules.flatMap((module) => [
    ...files.filter((path) => path.endsWith(`/generated/${module}.wasm`)).map(() => `${module} as a file`),
    ...times(code, texts.get(module) ?? "").map(() => `${module} as text`),
    ...times(code, `./${module}_bg.js`).map(() => `${module}'s glue`),
  ]);
}

/** A list as long as the text is often in the code. */
function times(code: string, text: string): string[] {
  return code.split(text).slice(1);
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
        const bundled = await bundle(condition, [name]);
        const form = condition === "default" ? "text" : "a file";
        const glue = module === "emulator" ? ["emulator's glue"] : [];
        const own = module === undefined ? [] : [`${module} as ${form}`, ...glue];
        assert.deepEqual(modulesIn(bundled), own);
        assert.deepEqual(
          importsOf(bundled.metafile).filter((path) => !imports.test(path)),
          [],
        );
      });
    }
  }
});

for (const condition of ["default", "workerd", "edge-light"]) {
  it(`the entries share their files in a program for the condition ${condition}`, async () => {
    const everywhere = Object.keys(entries).filter((name) => entries[name]?.imports === undefined);
    const bundled = await bundle(
      condition,
      everywhere.filter((name) => !name.endsWith("/inline")),
    );
    const files = Object.keys(bundled.metafile.inputs).filter((path) => path.endsWith(".js"));
    const originals = files.map((path) => path.replace(`.${condition}.js`, ".js"));
    assert.equal(new Set(originals).size, files.length, "a file and its twin");
    const taken = modulesIn(bundled);
    assert.equal(new Set(taken).size, taken.length, "a module twice");
    assert.equal(times(bundled.code, "extends Error").length, 1, "a class twice");
    const symbols = [...bundled.code.matchAll(/\bSymbol\("\w+"\)/g)].map(([symbol]) => symbol);
    assert.equal(new Set(symbols).size, symbols.length, "a symbol twice");
  });
}

describe("a program that takes one function of an entry", () => {
  for (const [entry, name, bytes] of [
    ["tuya-auth", "dataCenterForCountry", 1500],
    ["tuya-auth", "TuyaAuthError", 3000],
    ["tuya-auth/server", "memoryStore", 3000],
  ] as const) {
    it(`takes along no module, and little else, for ${name} of ${entry}`, async () => {
      const bundled = await bundleProgram("default", `export { ${name} } from "${entry}";`);
      assert.deepEqual(modulesIn(bundled), []);
      assert.ok(bundled.code.length < bytes, `${bundled.code.length} bytes:\n${bundled.code}`);
    });
  }
});

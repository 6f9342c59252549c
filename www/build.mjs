/**
 * Bundles the demo's page and worker as their consumers would: `www/dist/page` is what a browser loads,
 * `www/dist/worker` the modules of the worker (`index.js` and the WebAssembly it imports).
 *
 * Run by `cargo xtask build`, once the package is in `pkg/`; fails on the first type error.
 */

import { execFileSync } from "node:child_process";
import { cp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");

checkTypes("page");
checkTypes("worker");
await rm(dist, { recursive: true, force: true });
await Promise.all([buildPage(), buildWorker()]);

/** One module for browsers back to 2020, beside the files that are served as they are. */
async function buildPage() {
  const page = join(here, "page");
  const out = join(dist, "page");
  await build({
    entryPoints: [join(page, "main.ts")],
    outfile: join(out, "main.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
  });
  for (const file of ["index.html", "style.css", "icon.svg"]) await cp(join(page, file), join(out, file));
}

/** As wrangler bundles it: the `workerd` entries of the package, and its WebAssembly as modules of their own. */
async function buildWorker() {
  await build({
    entryPoints: [join(here, "worker/src/index.ts")],
    outfile: join(dist, "worker/index.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
  });
}

function checkTypes(project) {
  const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  execFileSync(process.execPath, [join(typescript, "bin/tsc"), "-p", join(here, project)], {
    stdio: "inherit",
  });
}

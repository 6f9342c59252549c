import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { EdgeRuntime } from "edge-runtime";
import { build, type Plugin } from "esbuild";

import type { Runtime } from "./runtime.js";

const { resolve } = createRequire(import.meta.url);

/**
 * Vercel's edge runtime. It compiles no bytes and evaluates no text; a `.wasm?module` import is a module that the
 * host has compiled, in a realm of its own, and that the bundle finds as a global.
 */
export const edge: Runtime = {
  name: "edge-runtime",
  ofMachine: false,
  without: [],
  absent: () => false,
  async run(suite) {
    const { code, modules } = await bundleForEdge(suite.program("edge"));
    const runtime = new EdgeRuntime({
      codeGeneration: { strings: false, wasm: false },
      extend: (context) => Object.assign(context, modules),
      initialCode: code,
    });
    const answer = await runtime.dispatchFetch("https://edge.test/");
    const manifest = join(dirname(resolve("edge-runtime")), "../package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8"));
    return { version, outcomes: await answer.json() };
  },
};

/** One script for the edge, found by the condition `edge-light`, and the modules it wants from the host by name. */
async function bundleForEdge(entry: string) {
  const modules: Record<string, WebAssembly.Module> = {};
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    platform: "neutral",
    target: "es2022",
    conditions: ["edge-light"],
    plugins: [hostModules(modules)],
    logLevel: "silent",
  });
  return { code: outputFiles[0]?.text ?? "", modules };
}

/** Compiles each imported `.wasm?module` here, and has the bundle take it from a global, as Next does. */
function hostModules(modules: Record<string, WebAssembly.Module>): Plugin {
  return {
    name: "host-modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path.slice(0, -"?module".length)),
        namespace: "host-module",
      }));
      onLoad({ filter: /./, namespace: "host-module" }, ({ path }) => {
        const name = `wasm_${basename(path, ".wasm")}`;
        modules[name] = new WebAssembly.Module(readFileSync(path));
        return { contents: `export default ${name};` };
      });
    },
  };
}

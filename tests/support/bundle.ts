import { basename, relative } from "node:path";
import { type BuildOptions, build } from "esbuild";
import type { WorkerdModule } from "../../www/demo/workerd-config.js";

/** The name that a bundled worker's main module has. */
const MAIN = "worker.js";

/**
 * Bundles a worker as its deployment would: one ES module that finds packages by the condition `workerd`, and
 * the `.wasm` files it imports, each a module of its own.
 *
 * @param entry the path of the worker's main module
 * @param more what the bundler must be told besides
 */
export async function bundleWorker(
  entry: string,
  more: Pick<BuildOptions, "mainFields" | "plugins"> = {},
): Promise<[WorkerdModule, ...WorkerdModule[]]> {
  const outdir = "/bundle";
  const { outputFiles } = await build({
    entryPoints: { [basename(MAIN, ".js")]: entry },
    outdir,
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    conditions: ["workerd"],
    loader: { ".wasm": "copy" },
    logLevel: "silent",
    ...more,
  });
  const modules = outputFiles.map(({ path, contents, text }): WorkerdModule => {
    const name = relative(outdir, path);
    return name.endsWith(".wasm")
      ? { name, kind: "wasm", content: contents }
      : { name, kind: "esModule", content: text };
  });
  const main = modules.find(({ name }) => name === MAIN);
  if (main === undefined) throw new Error(`esbuild wrote no ${MAIN} for ${entry}`);
  return [main, ...modules.filter((module) => module !== main)];
}

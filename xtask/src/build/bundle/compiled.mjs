// The compiled files, before anything is put together: which imports which.

import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { build } from "esbuild";

/** Whether an import leads out of the JavaScript: to another package, to the runtime, or to a WebAssembly module. */
export function isOutside(path) {
  return !path.startsWith(".") || /\.wasm(\?module)?$/.test(path);
}

/** The file that an import leads to: under the condition `workerd`, `core.module.workerd.js` for `core.module.js`. */
export function meant(path, folder, condition) {
  const file = resolve(folder, path);
  const own = file.replace(/js$/, `${condition}.js`);
  return condition !== "" && existsSync(own) ? own : file;
}

/** What each file imports that these files reach under a condition, as a map. */
export async function graphOf(files, condition) {
  const setup = ({ onResolve }) =>
    onResolve({ filter: /./ }, ({ path, resolveDir, kind }) =>
      kind !== "entry-point" && isOutside(path)
        ? { path, external: true }
        : { path: meant(path, resolveDir, condition) },
    );
  const { metafile } = await build({
    entryPoints: files,
    bundle: true,
    format: "esm",
    metafile: true,
    outdir: "/",
    plugins: [{ name: "condition", setup }],
    write: false,
  });
  const graph = new Map();
  for (const [path, { imports }] of Object.entries(metafile.inputs)) {
    const inside = imports.filter(({ external }) => !external);
    graph.set(
      resolve(path),
      inside.map((imported) => resolve(imported.path)),
    );
  }
  return graph;
}

/** A file and all that it reaches, in the order of their imports. */
export function reach(graph, file, reached = new Set()) {
  if (reached.has(file)) return reached;
  reached.add(file);
  for (const imported of graph.get(file) ?? []) reach(graph, imported, reached);
  return reached;
}

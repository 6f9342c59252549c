// Puts the package's compiled files together: one JavaScript file for every entry, and beside them what several entries
// share. A runtime finds, reads and links few files sooner than many, and a browser without a bundler asks for fewer.
//
// Takes `{ from, to, entries }` as JSON: the folder of the compiled files, the package's `dist`, and the entries, each
// `{ name, conditions }`, such as `{ name: "server", conditions: ["", "workerd", "edge-light"] }`; the empty condition
// is the default. Prints, by each file that was written, the compiled files that it is made of.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

import { build } from "esbuild";

import { isOutside, meant } from "./compiled.mjs";
import { outputsOf } from "./outputs.mjs";
import { printed, WRITTEN } from "./printed.mjs";

const { from, to, entries } = JSON.parse(process.argv[2]);

const OPTIONS = {
  absWorkingDir: resolve(from),
  bundle: true,
  // An engine keeps a byte for each character of a text in ASCII, and otherwise two.
  charset: "ascii",
  format: "esm",
  logLevel: "error",
  logOverride: { "ambiguous-reexport": "error" },
  metafile: true,
  platform: "neutral",
  // What the compiler wrote stays as it is.
  target: "esnext",
  write: false,
};

/** What has been written: by path, the names that it exports and the compiled files that it is made of. */
const written = new Map();

/** Writes a file, and before it those that it imports. */
function write(output) {
  if (!written.has(output.path)) written.set(output.path, bundle(output));
  return written.get(output.path);
}

async function bundle(output) {
  const { metafile, outputFiles } = await build({ ...OPTIONS, ...input(output), plugins: [linking(output)] });
  const path = join(to, output.path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, printed(outputFiles[0].text));

  const [{ exports, inputs }] = Object.values(metafile.outputs);
  const used = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
  return { exports, inputs: used.filter((file) => !file.startsWith(`${WRITTEN}:`)) };
}

function input({ members, isEntry, path }) {
  if (isEntry) return { entryPoints: members };
  const contents = members.map((file) => `export * from "./${relative(from, file)}";`).join("\n");
  return { stdin: { contents, resolveDir: resolve(from), sourcefile: path } };
}

/** Leaves out of a file what it imports from others. */
function linking(output) {
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /./, namespace: "file" }, ({ path, resolveDir, kind }) => {
      if (kind === "entry-point") return { path };
      if (isOutside(path)) return { path: outside(path, resolveDir), external: true };
      const file = meant(path, resolveDir, output.condition);
      const holder = output.holderOf(file);
      return holder === undefined
        ? { path: file }
        : { path: holder.path, namespace: WRITTEN, pluginData: holder, sideEffects: false };
    });
    onLoad({ filter: /./, namespace: WRITTEN }, async ({ path, pluginData }) => {
      const { exports } = await write(pluginData);
      // An import for each name, so that those are dropped that nothing uses.
      const passed = exports.map(
        (name) => `import { ${name} } from "${specifierOf(path)}";\nexport { ${name} };`,
      );
      return { contents: passed.join("\n") };
    });
    onResolve({ filter: /./, namespace: WRITTEN }, ({ path }) => ({
      path,
      external: true,
      sideEffects: false,
    }));
  };

  /** A WebAssembly module lies at the same place in `dist` as among the compiled files. */
  const outside = (path, folder) =>
    path.startsWith(".") ? specifierOf(relative(from, resolve(folder, path))) : path;

  /** How the file names another of `dist`. */
  const specifierOf = (path) => {
    const found = relative(dirname(output.path), path);
    return found.startsWith(".") ? found : `./${found}`;
  };

  return { name: "linking", setup };
}

const record = {};
for (const output of await outputsOf(from, entries)) record[output.path] = (await write(output)).inputs;
console.log(JSON.stringify(record));

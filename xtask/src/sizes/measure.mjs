// Weighs what `xtask/src/sizes.rs` names: `.wasm` files, and what a bundler makes of a few lines of imports.
//
// Takes `{ rows, brotli }` as JSON, each row `{ file }` or `{ code, platform }`, and prints for each
// `{ minified, gzip, brotli, inputs, text }`: sizes in bytes (of Brotli only when asked), the files that the bundle is
// made of, and its text; a file's bytes are its text in hexadecimal.

import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build } from "esbuild";

/** As applications do it; packages for Node keep Node's own modules outside. */
async function bundle({ code, platform }) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    legalComments: "none",
    write: false,
    metafile: true,
    format: "esm",
    platform,
    target: "es2022",
    mainFields: ["module", "main"],
    logLevel: "silent",
  });
  const [{ contents, text }] = outputFiles;
  const [{ inputs }] = Object.values(metafile.outputs);
  // A file that is read, but of which nothing is left, costs nobody anything.
  const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { bytes: contents, inputs: used.map(([path]) => path), text };
}

function read(file) {
  const bytes = readFileSync(file);
  return { bytes, inputs: [file], text: bytes.toString("hex") };
}

function brotliSize(bytes) {
  const { BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

async function weigh(row) {
  const { bytes, inputs, text } = row.file ? read(row.file) : await bundle(row);
  return {
    minified: bytes.length,
    // As `gzip -9` does.
    gzip: gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION, memLevel: constants.Z_MAX_MEMLEVEL }).length,
    brotli: asked.brotli ? brotliSize(bytes) : undefined,
    inputs,
    text,
  };
}

const asked = JSON.parse(process.argv[2]);
console.log(JSON.stringify(await Promise.all(asked.rows.map(weigh))));

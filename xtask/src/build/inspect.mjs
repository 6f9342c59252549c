// Prints what each of the named WebAssembly files imports and exports, and its size in bytes, plain and after gzip.
// Compiling them here shows that this Node takes them.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const reports = process.argv.slice(2).map((path) => {
  const bytes = readFileSync(path);
  const module = new WebAssembly.Module(bytes);
  return {
    imports: WebAssembly.Module.imports(module).map(({ module }) => module),
    exports: WebAssembly.Module.exports(module).map(({ name }) => name),
    size: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
  };
});
console.log(JSON.stringify(reports));

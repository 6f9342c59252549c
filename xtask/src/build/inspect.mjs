// Prints what each of the named WebAssembly files imports and exports. Compiling them here shows that this Node takes
// them.

import { readFileSync } from "node:fs";

const reports = process.argv.slice(2).map((path) => {
  const module = new WebAssembly.Module(readFileSync(path));
  return {
    imports: WebAssembly.Module.imports(module).map(({ module }) => module),
    exports: WebAssembly.Module.exports(module).map(({ name }) => name),
  };
});
console.log(JSON.stringify(reports));

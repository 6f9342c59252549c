import type { ModuleSource } from "./instance.js";

/** A module that the runtime compiled when it loaded the program, as workerd does with an imported `.wasm`. */
export function staticSource(module: WebAssembly.Module): ModuleSource {
  return {
    instantiate: (imports) => new WebAssembly.Instance(module, imports),
    instantiateAsync: async (imports) => new WebAssembly.Instance(module, imports),
  };
}

import type { Binding } from "../instance.js";

/** What wasm-bindgen writes for a module that takes and gives JavaScript's values. */
interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/** What it exports from such a module. */
interface GluedExports extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory;
  readonly __wbindgen_start: () => void;
}

/**
 * A module that is called through wasm-bindgen's glue. That caches views of the memory, and its finalizers free
 * collected objects in whichever instance is the current one; both must not reach the next.
 *
 * @param importKey the module that the wasm imports its glue from, such as `./emulator_bg.js`
 */
export function glued<G extends Glue>(importKey: string, glue: G): Binding<G> {
  return {
    imports: { [importKey]: glue as unknown as WebAssembly.ModuleImports },
    bind(exports) {
      glue.__wbg_set_wasm(exports);
      (exports as GluedExports).__wbindgen_start();
      return glue;
    },
    end(exports) {
      // Growing detaches the memory's buffer, and the glue renews a view whose buffer is detached.
      (exports as GluedExports).memory.grow(0);
      // Freed against an instance that does nothing, the objects leave the glue's finalization registry.
      glue.__wbg_set_wasm(Object.fromEntries(Object.keys(exports).map((name) => [name, () => undefined])));
    },
  };
}

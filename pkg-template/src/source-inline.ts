import { argumentError } from "./errors.js";
import { bytesOf } from "./inline-text.js";
import type { ModuleSource } from "./instance.js";

/**
 * A module out of its bytes, which travel inside the JavaScript as text: no file has to be found. Runtimes that refuse
 * to compile bytes need the static source instead.
 *
 * @param text gives it; for in the package's files the text stands last
 */
export function inlineSource(text: () => string): ModuleSource {
  return {
    instantiate(imports) {
      try {
        return new WebAssembly.Instance(new WebAssembly.Module(bytesOf(text())), imports);
      } catch (error) {
        throw unsupported(error);
      }
    },
    async instantiateAsync(imports) {
      try {
        return (await WebAssembly.instantiate(bytesOf(text()), imports)).instance;
      } catch (error) {
        throw unsupported(error);
      }
    },
  };
}

/** No WebAssembly, none of its instructions for 128 bits, or a policy that forbids to compile: the engine says which. */
function unsupported(cause: unknown): TypeError {
  return Object.assign(argumentError("unsupported_runtime", String(cause)), { cause });
}

import { argumentError } from "./errors.js";
import type { ModuleSource } from "./instance.js";

/**
 * A module out of its bytes, which travel inside the JavaScript as hexadecimal text: no file has to be found, and
 * after gzip that is smaller than base64. Runtimes that refuse to compile bytes need the static source instead.
 */
export function inlineSource(hex: string): ModuleSource {
  return {
    instantiate(imports) {
      try {
        return new WebAssembly.Instance(new WebAssembly.Module(bytesOf(hex)), imports);
      } catch (error) {
        throw unsupported(error);
      }
    },
    async instantiateAsync(imports) {
      try {
        return (await WebAssembly.instantiate(bytesOf(hex), imports)).instance;
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

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = digit(hex.charCodeAt(2 * at)) * 16 + digit(hex.charCodeAt(2 * at + 1));
  }
  return bytes;
}

/** The value of a lower-case hexadecimal digit by its character code. */
function digit(code: number): number {
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

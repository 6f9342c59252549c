import { argumentError } from "./errors.js";

/**
 * 16 random bytes, for what a module makes fresh.
 *
 * @throws `TypeError` of code `unsupported_runtime` where the runtime has no `crypto`
 */
export function randomBytes(): Uint8Array {
  if (globalThis.crypto === undefined) throw argumentError("unsupported_runtime", "crypto.getRandomValues");
  return globalThis.crypto.getRandomValues(new Uint8Array(16));
}

import { argumentError } from "./errors.js";

/**
 * Random bytes of the runtime's.
 *
 * @throws `TypeError` of code `unsupported_runtime` where the runtime has no `crypto`
 */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  if (globalThis.crypto === undefined) throw argumentError("unsupported_runtime", "crypto.getRandomValues");
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}

import { randomBytes } from "./entropy.js";

/** The characters of a nonce. */
const LENGTH = 36;

/** How many are made at once: to ask the runtime for random bytes takes as long as a sign. */
const BLOCK = 64;

const HYPHEN = 45;

/** Nonces that nobody was given yet, one behind the other, and where the next begins. */
let nonces = "";
let next = 0;

/**
 * A nonce that was not given before: a random UUID (RFC 9562, version 4), in lower case with hyphens.
 *
 * @throws `TypeError` of code `unsupported_runtime` where the runtime has no `crypto`
 */
export function freshNonce(): string {
  if (next === nonces.length) {
    nonces = uuids(randomBytes(16 * BLOCK));
    next = 0;
  }
  next += LENGTH;
  return nonces.slice(next - LENGTH, next);
}

/** A UUID for each 16 bytes. */
function uuids(bytes: Uint8Array): string {
  const digits = new TextEncoder().encode("0123456789abcdef");
  const characters = new Uint8Array((bytes.length / 16) * LENGTH);
  let at = 0;
  let place = 0;
  for (let byte of bytes) {
    if (place === 6) byte = (byte & 0x0f) | 0x40;
    if (place === 8) byte = (byte & 0x3f) | 0x80;
    if (place === 4 || place === 6 || place === 8 || place === 10) characters[at++] = HYPHEN;
    characters[at++] = digits[byte >> 4] ?? 0;
    characters[at++] = digits[byte & 15] ?? 0;
    place = (place + 1) % 16;
  }
  return new TextDecoder().decode(characters);
}

import { randomBytes } from "./entropy.js";

/** The characters of a nonce. */
const LENGTH = 36;

/** How many are made at once: to ask the runtime for random bytes takes as long as a sign. */
const BLOCK = 64;

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
  // A bit for each byte of 16, set for those that a hyphen stands before: 4, 6, 8 and 10.
  const hyphens = 0b0101_0101_0000;
  const characters = new Uint8Array((bytes.length / 16) * LENGTH);
  let at = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const place = index % 16;
    let byte = bytes[index] ?? 0;
    if (place === 6) byte = (byte & 0x0f) | 0x40;
    if (place === 8) byte = (byte & 0x3f) | 0x80;
    if ((hyphens >> place) & 1) characters[at++] = 0x2d;
    characters[at++] = hexDigit(byte >> 4);
    characters[at++] = hexDigit(byte & 15);
  }
  return new TextDecoder().decode(characters);
}

/** The character of a digit. Half of random digits would be guessed wrong at a branch; `a` is 39 above what follows `9`. */
function hexDigit(value: number): number {
  return value + 48 + (((9 - value) >> 31) & 39);
}

import { fromBase64url } from "../base64url.js";
import { argumentError } from "../errors.js";
import type { EncryptionKey } from "./encryption-key.js";

/** The word that stands for no key. */
export const PLAINTEXT = "plaintext";

/** A key as it was given; bytes are copied. */
export type GivenKey = Uint8Array<ArrayBuffer> | CryptoKey | typeof PLAINTEXT;

/** In bytes. */
const KEY_LENGTH = 32;

/**
 * Checks a list of keys.
 *
 * @throws `TypeError` of code `invalid_argument`; the message names the key by its place, never by its content
 */
export function checkKeys(keys: readonly EncryptionKey[]): readonly GivenKey[] {
  const all: unknown = keys;
  if (!Array.isArray(all)) throw argumentError("invalid_argument", "encryptionKeys");
  const given = all.map((key: unknown, index) => checkKey(key, `encryptionKeys[${index}]`));
  // Whoever lists no key has lost it on the way here, such as a variable that is not set.
  if (!given.some((key) => key !== PLAINTEXT)) throw argumentError("invalid_argument", "encryptionKeys");
  return given;
}

function checkKey(key: unknown, option: string): GivenKey {
  if (key === PLAINTEXT) return PLAINTEXT;
  const bytes = typeof key === "string" ? fromBase64url(key) : key;
  if (bytes instanceof Uint8Array && bytes.length === KEY_LENGTH) return new Uint8Array(bytes);
  if (isCryptoKey(bytes)) return bytes;
  throw argumentError("invalid_argument", `${option}: 32 bytes are needed`);
}

function isCryptoKey(key: unknown): key is CryptoKey {
  const { algorithm, usages, type } = Object(key) as Partial<CryptoKey>;
  const { name, length } = Object(algorithm) as Partial<AesKeyAlgorithm>;
  return (
    type === "secret" &&
    name === "AES-GCM" &&
    length === KEY_LENGTH * 8 &&
    ["encrypt", "decrypt"].every((usage) => usages?.includes(usage as KeyUsage))
  );
}

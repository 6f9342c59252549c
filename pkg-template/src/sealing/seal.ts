import { fromBase64url, toBase64url } from "../base64url.js";
import { randomBytes } from "../entropy.js";
import { failure } from "../failure.js";
import type { EncryptionKey } from "./encryption-key.js";
import { checkKeys, type GivenKey, PLAINTEXT } from "./keys.js";

/** What a sealed value begins with; the number is that of its form. */
const MARK = "sealed1";
/** The mark, the key's id, and the initialization vector with the encrypted text and its tag. */
const SEALED = /^sealed1\.([\w-]{8})\.([\w-]+)$/;
/** In bytes; 96 bits, as NIST SP 800-38D recommends, and 16 characters. */
const IV_LENGTH = 12;

/** A key ready for use, and its name: 8 characters that follow from the key and do not tell it. Without: no sealing. */
interface SealingKey {
  readonly id?: string;
  readonly key?: CryptoKey;
}

/**
 * Seals texts, each for one place: by AES-GCM with a random initialization vector and the place's name as associated
 * data, so that a text that was altered, or moved to another place, does not open.
 */
export interface Seal {
  /** The text sealed for a place. */
  seal(place: string, text: string): Promise<string>;
  /**
   * The text that was sealed for a place.
   *
   * @throws `TuyaAuthError` of code `decryption_failed` when no key opens it, or when it is not sealed and must be
   */
  open(place: string, sealed: string): Promise<string>;
}

/**
 * A seal by these keys.
 *
 * @param keys the first one seals, every one opens
 * @throws `TypeError` of code `invalid_argument`
 */
export function sealOf(keys: readonly EncryptionKey[]): Seal {
  const given = checkKeys(keys);
  let ready: readonly SealingKey[] | undefined;

  /** The keys, imported once. Their promise is not kept: on workerd it would belong to the first request alone. */
  const imported = async () => {
    ready ??= await Promise.all(given.map(sealingKey));
    return ready;
  };

  return {
    async seal(place, text) {
      const [{ id, key } = {}] = await imported();
      if (key === undefined) return text;
      const iv = randomBytes(IV_LENGTH);
      const encrypted = await crypto.subtle.encrypt(parameters(iv, place), key, bytesOf(text));
      return `${MARK}.${id}.${toBase64url(iv)}${toBase64url(new Uint8Array(encrypted))}`;
    },

    async open(place, sealed) {
      const [, sealedBy, data = ""] = SEALED.exec(sealed) ?? [];
      const bytes = fromBase64url(data) ?? new Uint8Array();
      const [iv, encrypted] = [bytes.subarray(0, IV_LENGTH), bytes.subarray(IV_LENGTH)];
      let why = sealedBy === undefined ? "it is not sealed" : "its key is not among encryptionKeys";
      for (const { id, key } of await imported()) {
        if (id !== sealedBy) continue;
        if (key === undefined) return sealed;
        try {
          return textOf(await crypto.subtle.decrypt(parameters(iv, place), key, encrypted));
        } catch {
          // Another key may have the same id.
          why = "it was altered, or belongs to another key of the store";
        }
      }
      throw failure("decryption_failed", { detail: why });
    },
  };
}

async function sealingKey(given: GivenKey): Promise<SealingKey> {
  if (given === PLAINTEXT) return {};
  const key =
    given instanceof Uint8Array
      ? await crypto.subtle.importKey("raw", given, "AES-GCM", false, ["encrypt", "decrypt"])
      : given;
  // The tag of an empty text, as a key that cannot be read out can make it. Random vectors are never all zero.
  const none = parameters(new Uint8Array(IV_LENGTH), "tuya-auth key id");
  const tag = await crypto.subtle.encrypt(none, key, new Uint8Array());
  return { id: toBase64url(new Uint8Array(tag, 0, 6)), key };
}

function parameters(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: bytesOf(place) };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function textOf(bytes: ArrayBuffer): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

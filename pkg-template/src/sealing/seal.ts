import { fromBase64url, toBase64url } from "../base64url.js";
import type { TuyaAuthError } from "../errors.js";
import { failure } from "../failure.js";
import type { EncryptionKey } from "./encryption-key.js";
import { checkKeys, type GivenKey, PLAINTEXT, type SealingKey } from "./keys.js";

/** What a sealed value begins with; the number is that of its form. */
const MARK = "sealed1";
/** The mark, the key's id, and the initialization vector with the encrypted text and its tag. */
const SEALED = /^sealed1\.([\w-]{8})\.([\w-]+)$/;
/** In bytes; 96 bits, as NIST SP 800-38D recommends. */
const IV_LENGTH = 12;

/**
 * Seals texts, each for one place: by AES-GCM with a random initialization vector and the place's name as associated
 * data, so that a text that was altered, or moved to another place, does not open.
 */
export class Seal {
  readonly #given: readonly GivenKey[];
  #keys: readonly (SealingKey | typeof PLAINTEXT)[] | undefined;

  /**
   * @param keys the first one seals, every one opens
   * @throws `TypeError` of code `invalid_argument`
   */
  constructor(keys: readonly EncryptionKey[]) {
    this.#given = checkKeys(keys);
  }

  /** The text sealed for a place. */
  async seal(place: string, text: string): Promise<string> {
    const [first = PLAINTEXT] = await this.#ready();
    if (first === PLAINTEXT) return text;
    const iv = crypto.getRandomValues(new Uint8Array(IV_LENGTH));
    const encrypted = await crypto.subtle.encrypt(parameters(iv, place), first.key, bytesOf(text));
    const all = new Uint8Array(IV_LENGTH + encrypted.byteLength);
    all.set(iv);
    all.set(new Uint8Array(encrypted), IV_LENGTH);
    return `${MARK}.${first.id}.${toBase64url(all)}`;
  }

  /**
   * The text that was sealed for a place.
   *
   * @throws `TuyaAuthError` of code `decryption_failed` when no key opens it, or when it is not sealed and must be
   */
  async open(place: string, sealed: string): Promise<string> {
    const keys = await this.#ready();
    const [, id, data = ""] = SEALED.exec(sealed) ?? [];
    if (id === undefined) {
      if (keys.includes(PLAINTEXT)) return sealed;
      throw failed("it is not sealed");
    }
    const fitting = keys.filter((key) => key !== PLAINTEXT && key.id === id) as SealingKey[];
    if (fitting.length === 0) throw failed("its key is not among encryptionKeys");
    const all = fromBase64url(data) ?? new Uint8Array();
    const [iv, encrypted] = [all.subarray(0, IV_LENGTH), all.subarray(IV_LENGTH)];
    for (const { key } of fitting) {
      try {
        return textOf(await crypto.subtle.decrypt(parameters(iv, place), key, encrypted));
      } catch {
        // Another key may have the same id.
      }
    }
    throw failed("it was altered, or belongs to another key of the store");
  }

  /** The keys, imported once. Their promise is not kept: on workerd it would belong to the first request alone. */
  async #ready(): Promise<readonly (SealingKey | typeof PLAINTEXT)[]> {
    this.#keys ??= await Promise.all(
      this.#given.map(async (key) => (key === PLAINTEXT ? key : await imported(key))),
    );
    return this.#keys;
  }
}

async function imported(given: Exclude<GivenKey, typeof PLAINTEXT>): Promise<SealingKey> {
  const key =
    given instanceof Uint8Array
      ? await crypto.subtle.importKey("raw", given, "AES-GCM", false, ["encrypt", "decrypt"])
      : given;
  // The tag of an empty text, as a key that cannot be read out can make it. Random vectors are never all zero.
  const tag = await crypto.subtle.encrypt(
    parameters(new Uint8Array(IV_LENGTH), "tuya-auth key id"),
    key,
    new Uint8Array(),
  );
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

function failed(detail: string): TuyaAuthError {
  return failure("decryption_failed", { detail });
}

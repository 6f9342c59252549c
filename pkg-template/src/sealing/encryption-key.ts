/** A `CryptoKey` in words that the types of every runtime know. */
export interface WebCryptoKey {
  readonly type: string;
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
}

/**
 * A key that values are sealed with: 32 random bytes, as they are or in base64url (43 characters), or a `CryptoKey` of
 * AES-GCM with 256 bits that may encrypt and decrypt. The word `plaintext` stands for no key at all: with it, values
 * that were stored unsealed are read too, and as the first of the list it leaves what is written unsealed. It is for
 * the time in which sealing is turned on or off; without it unsealed values are refused.
 */
export type EncryptionKey = string | Uint8Array | WebCryptoKey;

import cryptoJs from "crypto-js";

import type { Hashes } from "../by-hand.js";
import { secret } from "../typical.js";

/** `crypto-js`, which its authors have ended, and which is still what most of the web's examples use. */
export function cryptoJsHashes(): Hashes<string> {
  const { HmacSHA256, SHA256, enc, lib } = cryptoJs;
  const key = enc.Utf8.parse(secret);
  const words = (body: string | Uint8Array) => (typeof body === "string" ? body : lib.WordArray.create(body));
  return {
    sha256: (body) => SHA256(words(body)).toString(enc.Hex),
    hmac: (text) => HmacSHA256(text, key).toString(enc.Hex),
  };
}

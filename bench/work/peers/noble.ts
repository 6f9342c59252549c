import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import type { Hashes } from "../by-hand.js";
import { secret } from "../typical.js";

/** `@noble/hashes` as its documentation shows it. */
export function noble(): Hashes<string> {
  const key = utf8ToBytes(secret);
  return {
    sha256: (body) => bytesToHex(sha256(typeof body === "string" ? utf8ToBytes(body) : body)),
    hmac: (text) => bytesToHex(hmac(sha256, key, utf8ToBytes(text))),
  };
}

/** The same with the padded key hashed once: not what the documentation shows, yet faster. */
export function nobleCloned(): Hashes<string> {
  const keyed = hmac.create(sha256, utf8ToBytes(secret));
  return { ...noble(), hmac: (text) => bytesToHex(keyed.clone().update(utf8ToBytes(text)).digest()) };
}

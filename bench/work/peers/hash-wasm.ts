import { createHMAC, createSHA256 } from "hash-wasm";

import type { Hashes } from "../by-hand.js";
import { secret } from "../typical.js";

/** `hash-wasm`, whose hashers are made once and kept. */
export async function hashWasm(): Promise<Hashes<string>> {
  const [hash, keyed] = await Promise.all([createSHA256(), createHMAC(createSHA256(), secret)]);
  return {
    sha256: (body) => hash.init().update(body).digest("hex"),
    hmac: (text) => keyed.init().update(text).digest("hex"),
  };
}

/** The peers that run in every runtime, each in its best form. */

import { signingBy, signingLaterBy } from "../by-hand.js";
import { cryptoJsHashes } from "./crypto-js.js";
import { hashWasm } from "./hash-wasm.js";
import { noble, nobleCloned } from "./noble.js";
import type { Peer } from "./peer.js";
import { webCrypto } from "./web-crypto.js";

/** Peers, and why others are none here. */
export interface Peers {
  readonly peers: readonly Peer[];
  readonly absent: Readonly<Record<string, string>>;
}

const HASH_WASM = "hash-wasm";

/** Why `hash-wasm` does not run on workerd. */
export const REFUSES_BYTES = "it compiles WebAssembly from bytes, which is refused there";

export async function everywhere(): Promise<Peers> {
  const peers: Peer[] = [
    { name: "WebCrypto, key cached", sign: signingLaterBy(await webCrypto()), isAsync: true },
    { name: "@noble/hashes", sign: signingBy(noble()) },
    { name: "@noble/hashes, key state cloned", sign: signingBy(nobleCloned()) },
    { name: "crypto-js", sign: signingBy(cryptoJsHashes()) },
  ];
  try {
    return { peers: [...peers, { name: HASH_WASM, sign: signingBy(await hashWasm()) }], absent: {} };
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    return { peers, absent: { [HASH_WASM]: REFUSES_BYTES } };
  }
}

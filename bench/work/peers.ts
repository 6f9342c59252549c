/** Peers that run everywhere, each in its best form: key prepared, hashers kept. */

import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import cryptoJs from "crypto-js";
import { createHMAC, createSHA256 } from "hash-wasm";

import { type Hashes, type Headers, type Sign, signingBy, signingLaterBy } from "./by-hand.js";
import { type Input, secret } from "./request.js";

const HASH_WASM = "hash-wasm";

/** A way to sign, by name. */
export interface Peer {
  readonly name: string;
  readonly sign: Sign<Headers | Promise<Headers>>;
  readonly isAsync?: boolean;
  /** What it signs, where that is not what it was given. */
  readonly signed?: (made: Headers) => Input;
}

/** Peers, and why others are none here. */
export interface Peers {
  readonly peers: readonly Peer[];
  readonly absent: Readonly<Record<string, string>>;
}

/** The peers of every runtime. */
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
    return { peers, absent: { [HASH_WASM]: "compiles WebAssembly from bytes, which is refused here" } };
  }
}

async function webCrypto(): Promise<Hashes<Promise<string>>> {
  const { subtle } = crypto;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", utf8ToBytes(secret), algorithm, false, ["sign"]);
  const hex = async (digest: Promise<ArrayBuffer>) => bytesToHex(new Uint8Array(await digest));
  return {
    sha256: (body) => hex(subtle.digest("SHA-256", bytesOf(body))),
    hmac: (text) => hex(subtle.sign("HMAC", key, utf8ToBytes(text))),
  };
}

function noble(): Hashes<string> {
  const key = utf8ToBytes(secret);
  return {
    sha256: (body) => bytesToHex(sha256(bytesOf(body))),
    hmac: (text) => bytesToHex(hmac(sha256, key, utf8ToBytes(text))),
  };
}

/** Not what its documentation shows, yet faster: the padded key is hashed once. */
function nobleCloned(): Hashes<string> {
  const keyed = hmac.create(sha256, utf8ToBytes(secret));
  return { ...noble(), hmac: (text) => bytesToHex(keyed.clone().update(utf8ToBytes(text)).digest()) };
}

function cryptoJsHashes(): Hashes<string> {
  const { HmacSHA256, SHA256, enc, lib } = cryptoJs;
  const key = enc.Utf8.parse(secret);
  const words = (body: string | Uint8Array) => (typeof body === "string" ? body : lib.WordArray.create(body));
  return {
    sha256: (body) => SHA256(words(body)).toString(enc.Hex),
    hmac: (text) => HmacSHA256(text, key).toString(enc.Hex),
  };
}

async function hashWasm(): Promise<Hashes<string>> {
  const [hash, keyed] = await Promise.all([createSHA256(), createHMAC(createSHA256(), secret)]);
  return {
    sha256: (body) => hash.init().update(body).digest("hex"),
    hmac: (text) => keyed.init().update(text).digest("hex"),
  };
}

function bytesOf(body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof body === "string" ? utf8ToBytes(body) : (body as Uint8Array<ArrayBuffer>);
}

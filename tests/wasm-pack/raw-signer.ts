/** Signs by the bare module, without the package's wrapper: what stands where in the frame is in `wasm/src`. */

import type { Vector } from "../support/vectors.js";

/** What signs, of the module that `wasm-pack` builds. */
export interface RawModule {
  frame_memory(): WebAssembly.Memory;
  frame(size: number): number;
  signer_new(length: number): number;
  signer_sign(): number;
  release(signer: number): void;
}

/** A sign's characters. */
const SIGN = 64;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The sign of a vector of today's algorithm. */
export function signRaw(module: RawModule, vector: Vector): string {
  const identity = [vector.client_id, vector.secret].map((text) => measured(encoder.encode(text)));
  const signer = module.signer_new(write(module, [numbers([0]), ...identity, absent]));
  if (signer < 0) throw new Error(read(module, -signer));

  const names = vector.signature_headers?.flat() ?? [];
  const { method = "GET", t, nonce, access_token, url = "/", body = "" } = vector;
  const fields = [
    ...[method, t, nonce ?? "", access_token ?? "", url].map((text) => encoder.encode(text)),
    join(names.map((text) => measured(encoder.encode(text)))),
    encoder.encode(body),
  ];
  const bodyKind = 0;
  write(module, [numbers([signer, bodyKind, ...fields.map(({ length }) => length)]), ...fields]);
  const status = module.signer_sign();
  module.release(signer);
  return read(module, status < 0 ? -status : SIGN);
}

/** Fills the frame; gives its length. */
function write(module: RawModule, fields: readonly Uint8Array[]): number {
  const bytes = join(fields);
  const address = module.frame(Math.max(bytes.length, SIGN));
  new Uint8Array(module.frame_memory().buffer, address, bytes.length).set(bytes);
  return bytes.length;
}

/** The frame's first bytes as text. */
function read(module: RawModule, length: number): string {
  const address = module.frame(0);
  return decoder.decode(new Uint8Array(module.frame_memory().buffer, address, length));
}

/** The length of an absent value. */
const absent = new Uint8Array(4).fill(0xff);

/** Numbers as the module takes them. */
function numbers(values: readonly number[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(8 * values.length));
  for (const [at, value] of values.entries()) bytes.setFloat64(8 * at, value, true);
  return new Uint8Array(bytes.buffer);
}

/** A value behind its length. */
function measured(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length, true);
  return join([length, bytes]);
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

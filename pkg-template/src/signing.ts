import { BodyKind } from "./body-kind.js";
import { Frame } from "./frame.js";
import type { RequestParts, StampParts } from "./signer-request.js";

/** The functions of the core module. */
export type CoreGlue = import("./generated/core.js").Exports;

/** The bytes that are hashed at once, so that the module's memory does not grow with a body. */
const BLOCK = 65_536;

/** The bytes of the numbers before everything else. */
const NUMBERS = 72;

/** A sign's characters. */
const SIGN = 64;

/** Signs: everything goes into the frame in one piece, and numbers tell where what ends. */
export function sign(
  glue: CoreGlue,
  frame: SigningFrame,
  signer: number,
  { method, url, signed, body: { content, kind } }: RequestParts,
  { accessToken = "", t, nonce }: StampParts,
): string {
  const hashed = kind === BodyKind.bytes && content.length > BLOCK;
  const body = hashed ? sha256(glue, frame, content) : content;
  const headers = signed.length === 0 ? "" : frame.list(signed);
  const head = method + t + nonce + accessToken + url;
  const { numbers, texts } = frame.places(NUMBERS + SIGN + 3 * (head.length + headers.length + body.length));

  let { written } = frame.put(head, texts);
  let lengthOf = unitsOf;
  if (written !== head.length) {
    lengthOf = encodedLength;
    written = appendApart(frame, [method, t, nonce, accessToken, url]);
  }
  const headersLength = frame.append(headers, NUMBERS + written);
  const bodyLength = frame.append(body, NUMBERS + written + headersLength);
  numbers.setFloat64(0, signer, true);
  numbers.setFloat64(8, hashed ? BodyKind.sha256 : kind, true);
  numbers.setFloat64(16, lengthOf(method), true);
  numbers.setFloat64(24, lengthOf(t), true);
  numbers.setFloat64(32, lengthOf(nonce), true);
  numbers.setFloat64(40, lengthOf(accessToken), true);
  numbers.setFloat64(48, lengthOf(url), true);
  numbers.setFloat64(56, headersLength, true);
  numbers.setFloat64(64, bodyLength, true);
  frame.check(glue.signer_sign());
  // Opened again, since the call may have made the memory grow.
  return textOf(frame.open(SIGN));
}

/** Where things stand in a frame. */
interface Places {
  readonly bytes: Uint8Array;
  readonly numbers: DataView;
  readonly texts: Uint8Array;
}

/** A frame that is signed in. A view takes as long to make as a text to encode, so the last ones are kept. */
export class SigningFrame extends Frame {
  #places: Places | undefined;

  /** The places for a sign, in at least `size` bytes. */
  places(size: number): Places {
    const bytes = this.open(size);
    if (this.#places?.bytes !== bytes) {
      const numbers = new DataView(bytes.buffer, bytes.byteOffset, NUMBERS);
      this.#places = { bytes, numbers, texts: bytes.subarray(NUMBERS) };
    }
    return this.#places;
  }
}

/**
 * A sign, which stands at the frame's start, as text. Chromium's decoder takes four times as long for a text that it
 * has not seen before, as each sign is; elsewhere arguments that are written out take as long as a decoder.
 */
function textOf(b: Uint8Array): string {
  let text = "";
  for (let i = 0; i < SIGN; i += 16) {
    // biome-ignore format: a line for each argument
    text += (String.fromCharCode as (...codes: (number | undefined)[]) => string)(
      b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7],
      b[i + 8], b[i + 9], b[i + 10], b[i + 11], b[i + 12], b[i + 13], b[i + 14], b[i + 15],
    );
  }
  return text;
}

/** The length of a text in ASCII. */
function unitsOf(text: string): number {
  return text.length;
}

function encodedLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Writes texts of which one may end within a pair of surrogates that the next would complete. */
function appendApart(frame: Frame, texts: readonly string[]): number {
  let length = 0;
  for (const text of texts) length += frame.append(text, NUMBERS + length);
  return length;
}

/** The SHA-256 of a body: 32 bytes. */
function sha256(glue: CoreGlue, frame: Frame, body: string | Uint8Array): Uint8Array {
  const hash = glue.hash_new();
  hashBlocks(glue, frame, hash, body);
  const digest = finishHash(glue, frame, hash);
  glue.release(hash);
  return digest;
}

/** The 32 bytes of a hash. */
export function finishHash(glue: CoreGlue, frame: Frame, hash: number): Uint8Array {
  return frame.bytes([hash], glue.hash_finish).slice();
}

/** Where a text may be cut, near a place: not within a pair of surrogates, which is one character. */
function endOfPiece(text: string, near: number): number {
  const end = Math.floor(near);
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last < 0xdc00 && end < text.length ? end + 1 : end;
}

/** Takes bytes, or a text as UTF-8, into a hash: block by block, each of which is copied once. */
export function hashBlocks(glue: CoreGlue, frame: Frame, hash: number, body: string | Uint8Array): void {
  for (let at = 0; at < body.length; ) {
    const block = frame.open(BLOCK);
    if (typeof body === "string") {
      const piece = body.slice(at, endOfPiece(body, at + BLOCK / 3));
      const { read, written } = frame.put(piece, block);
      glue.hash_update(hash, written);
      at += read;
    } else {
      const piece = body.subarray(at, at + BLOCK);
      block.set(piece);
      glue.hash_update(hash, piece.length);
      at += piece.length;
    }
  }
}

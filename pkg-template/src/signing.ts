import { BodyKind } from "./body-kind.js";
import type { Frame } from "./frame.js";
import type { RequestParts, StampParts } from "./signer-request.js";

/** The functions of the core module. */
export type CoreGlue = typeof import("./generated/core.js");

/** The bytes that are hashed at once, so that the module's memory does not grow with a body. */
const BLOCK = 65_536;

/** The bytes of the numbers before everything else. */
const NUMBERS = 72;

/** A sign's characters. */
const SIGN = 64;

/** A sign with its nonce's. */
const ANSWER = 100;

/**
 * Signs: everything goes into the frame in one piece, and numbers tell where what ends.
 *
 * @returns the sign, and behind it the nonce where that was drawn by the module
 */
export function sign(
  glue: CoreGlue,
  frame: Frame,
  signer: number,
  { method, url, signed, body: { content, kind } }: RequestParts,
  { accessToken = "", t, nonce }: StampParts,
): string {
  const hashed = kind === BodyKind.bytes && content.length > BLOCK;
  const body = hashed ? sha256(glue, frame, content) : content;
  const headers = signed.length === 0 ? "" : frame.list(signed);
  const head = method + t + (nonce ?? "") + accessToken + url;
  frame.open(NUMBERS + 3 * (head.length + headers.length + body.length) + ANSWER);

  const { written } = frame.put(head, NUMBERS);
  const lengthOf = written === head.length ? unitsOf : encodedLength;
  const headersLength = frame.append(headers, NUMBERS + written);
  const bodyLength = frame.append(body, NUMBERS + written + headersLength);
  frame.setNumber(signer, 0);
  frame.setNumber(hashed ? BodyKind.sha256 : kind, 8);
  frame.setNumber(lengthOf(method), 16);
  frame.setNumber(lengthOf(t), 24);
  frame.setNumber(nonce === undefined ? -1 : lengthOf(nonce), 32);
  frame.setNumber(lengthOf(accessToken), 40);
  frame.setNumber(lengthOf(url), 48);
  frame.setNumber(headersLength, 56);
  frame.setNumber(bodyLength, 64);
  frame.check(glue.signer_sign());
  return frame.start(nonce === undefined ? ANSWER : SIGN);
}

/** The length of a text in ASCII. */
function unitsOf(text: string): number {
  return text.length;
}

function encodedLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The SHA-256 of a body: 32 bytes. */
function sha256(glue: CoreGlue, frame: Frame, body: string | Uint8Array): Uint8Array {
  const hash = glue.hash_new();
  hashBlocks(glue, frame, hash, body);
  const digest = finishHash(glue, frame, hash);
  glue.hash_free(hash);
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
      const { read, written } = frame.put(piece, 0);
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

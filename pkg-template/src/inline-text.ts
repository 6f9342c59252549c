import { unpacker } from "./generated/unpacker.js";

/** What `inline-text.wat` exports. */
interface Unpacker {
  readonly memory: WebAssembly.Memory;
  unpack(at: number, end: number): number;
}

/** Where the text begins in the unpacker's memory: behind the bytes of 128 characters. */
const TEXT = 128;

/** Where the bytes begin there: behind the characters of 256 bytes. */
const BYTES = 384;

/**
 * The bytes that a module's text stands for. `xtask/src/build/text.rs` makes such texts, and says how: the character of
 * each byte, then the bytes.
 */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(unpacker)));
  const { memory, unpack } = exports as unknown as Unpacker;
  const end = TEXT + text.length;
  memory.grow(end >> 16); // pages of 64 KiB, of which one is there
  const bytes = new Uint8Array(memory.buffer);
  new TextEncoder().encodeInto(text, bytes.subarray(TEXT));
  for (let byte = 0; byte < 256; byte += 1) bytes[bytes[TEXT + byte] ?? 0] = byte;
  return bytes.subarray(BYTES, unpack(BYTES, end));
}

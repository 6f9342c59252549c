import { randomBytes } from "../entropy.js";

/** How many bytes one request gets. */
const SHARE = 64;
/** How many requests a block is for. */
const SHARES = 64;

/** Random bytes for requests, drawn from the runtime in blocks: to ask costs far more than the bytes. */
export class Entropy {
  #block = new Uint8Array();

  /** The next request's bytes; no other gets them. */
  take(): Uint8Array {
    if (this.#block.length === 0) this.#block = randomBytes(SHARE * SHARES);
    const share = this.#block.subarray(0, SHARE);
    this.#block = this.#block.subarray(SHARE);
    return share;
  }
}

import { digest, type HashedBody } from "./body-kind.js";
import { CoreHandle, core } from "./core.js";
import { argumentError } from "./errors.js";
import type { Frame } from "./frame.js";
import type { Held } from "./holds.js";
import { finishHash, hashBlocks } from "./signing.js";

/**
 * The hash of a body that comes in pieces, such as a stream's: give it to {@link Signer.sign} in the body's place, and
 * send the same bytes. A body of any size is hashed without being held.
 */
export class ContentHash implements HashedBody {
  readonly #held: Held<CoreHandle, Frame>;
  #digest: Uint8Array | undefined;
  /** For the signer: the hash of all that was taken in. It takes no more then. */
  declare readonly [digest]: () => Uint8Array;

  constructor() {
    this.#held = core.hold(this, (glue) => new CoreHandle(glue, glue.hash_new()));
    // Here, since bundlers cannot drop a class that has a computed key, not even where nothing uses it.
    this[digest] = () => {
      this.#digest ??= this.#held.use(({ glue, id }, frame) => finishHash(glue, frame, id));
      return this.#digest;
    };
  }

  /**
   * The hash of all that a stream gives.
   *
   * @param pieces a `ReadableStream`, or anything else that gives bytes or texts one after the other
   */
  static async of(
    pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  ): Promise<ContentHash> {
    const hash = new ContentHash();
    for await (const piece of pieces) hash.update(piece);
    return hash;
  }

  /**
   * Takes the next bytes in; a text as UTF-8.
   *
   * @throws `TypeError` of code `invalid_argument` for anything else, and once it was used to sign
   */
  update(piece: Uint8Array | string): this {
    if (this.#digest !== undefined || !(typeof piece === "string" || piece instanceof Uint8Array)) {
      throw argumentError("invalid_argument", "piece");
    }
    this.#held.use(({ glue, id }, frame) => hashBlocks(glue, frame, id, piece));
    return this;
  }
}

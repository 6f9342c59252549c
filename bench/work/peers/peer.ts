import type { Headers, Sign } from "../by-hand.js";
import type { Input } from "../typical.js";

/** A way to sign, by name. */
export interface Peer {
  readonly name: string;
  readonly sign: Sign<Headers | Promise<Headers>>;
  readonly isAsync?: boolean;
  /** What it signs, where that is not what it was given. */
  readonly signed?: (made: Headers) => Input;
}

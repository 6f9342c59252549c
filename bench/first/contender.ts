/** Who is used for the first time, and what that comes to. */

import { OURS } from "../work/candidate.js";

export interface Contender {
  readonly name: string;
  /** Its module in this folder. */
  readonly file: string;
  /** Whether it needs Node's modules. */
  readonly node?: true;
  /** Whether it compiles WebAssembly from bytes, which workerd refuses. */
  readonly compiles?: true;
  /** What it gives, where that is not the sign of the typical request. */
  readonly gives?: string;
}

/** One first use. */
export interface Use {
  /** Import, compilation and first sign or call, in ms. */
  readonly took: number;
  readonly gave: string;
}

/** A runtime in which things are used for the first time. */
export interface FirstUses {
  /** Such as `Node 20.20.2`. */
  readonly name: string;
  readonly contenders: readonly Contender[];
  /** Those that do not run there, with the reason. */
  readonly absent?: Readonly<Record<string, string>>;
  use(contender: Contender): Promise<Use>;
  stop(): Promise<void>;
}

/** What a new process or page takes by itself. */
export const CONSTANT: Contender = { name: "nothing", file: "constant", gives: "nothing" };

export const OFFICIAL: Contender = {
  name: "official node client, imported only",
  file: "official",
  node: true,
  gives: "function",
};

export const contenders: readonly Contender[] = [
  { name: OURS, file: "tuya-auth" },
  OFFICIAL,
  { name: "node:crypto, the plain way", file: "node-crypto", node: true },
  { name: "@noble/hashes", file: "noble" },
  { name: "crypto-js", file: "crypto-js" },
  { name: "hash-wasm", file: "hash-wasm", compiles: true },
  { name: "tuya-auth/emulator, a token call", file: "emulator", gives: "true" },
];

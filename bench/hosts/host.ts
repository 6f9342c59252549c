/** A runtime that runs, as the one who takes the time sees it. */

import type { Opened } from "../work/candidate.js";

export interface Host {
  /** Such as `Node 20.20.2`. */
  readonly name: string;
  /** How long a candidate's turn is here, in ms. */
  readonly turn: number;
  open(table: string): Promise<Opened>;
  /** How long so many runs of a candidate take, in ms. */
  time(table: string, candidate: string, runs: number): Promise<number>;
  stop(): Promise<void>;
}

/** What a host is asked, where asking is a message. */
export type Question =
  | { readonly open: string }
  | { readonly table: string; readonly candidate: string; readonly runs: number };

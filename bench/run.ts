/** Fills tables on a host, and watches that everybody comes to the same. */

import type { Host } from "./hosts/host.js";
import { interleave, type Measurement, type Timed } from "./measure.js";

/** A table as it was measured on one host. */
export interface Filled {
  readonly table: string;
  readonly rows: readonly Measurement[];
  /** Candidates that do not run there, with the reason. */
  readonly absent: Readonly<Record<string, string>>;
}

/** What has been proven so far: what each table's work comes to. */
export type Proofs = Map<string, string>;

/**
 * Measures one table on a host, with other hosts' candidates among its own.
 *
 * @throws Error when the hosts come to different results
 */
export async function fill(
  table: string,
  host: Host,
  guests: readonly Host[],
  proofs: Proofs,
  rounds: number,
): Promise<Filled> {
  const timed: Timed[] = [];
  const absent: Record<string, string> = {};
  for (const one of [host, ...guests]) {
    const opened = await one.open(table);
    prove(one, table, opened.proof, proofs);
    Object.assign(absent, opened.absent);
    for (const name of opened.names) timed.push({ name, time: (runs) => one.time(table, name, runs) });
  }
  return { table, rows: await interleave(timed, rounds), absent };
}

function prove({ name }: Host, table: string, proof: string | undefined, proofs: Proofs): void {
  if (proof === undefined) return;
  const known = proofs.get(table) ?? proof;
  if (known !== proof) throw new Error(`${table}: ${name} comes to ${proof}, others to ${known}`);
  proofs.set(table, proof);
}

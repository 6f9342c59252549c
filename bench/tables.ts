/** Fills the tables on the runtimes, and watches that everybody comes to the same. */

import type { FirstUses } from "./first/contender.js";
import { firstUses } from "./first/run.js";
import type { Host } from "./hosts/host.js";
import { nativeNames, startNative } from "./hosts/native.js";
import { interleave, type Timed, takeTurns } from "./measure.js";
import { type Options, wanted } from "./options.js";
import { FIRST_USE, type Filled } from "./report/results.js";
import { runtimes } from "./runtimes.js";
import { ids } from "./work/ids.js";

/** How often things are used for the first time, each in a process or page of its own. */
const FIRST_ROUNDS = 15;

/**
 * Fills what was asked for. A runtime that was not installed for this machine is left out.
 *
 * @param show is handed each table as it is filled
 * @throws Error when somebody comes to a different result than the others
 */
export async function fillTables(options: Options, show: (filled: Filled) => void): Promise<Filled[]> {
  const filled: Filled[] = [];
  const add = (table: Filled) => {
    filled.push(table);
    show(table);
  };
  const tables = ids.filter((id) => wanted(options, id));
  const here = options.runtimes.flatMap((name) => runtimes[name] ?? []);
  const proofs: Proofs = new Map();
  const guests = tables.length > 0 ? nativeNames.map(startNative) : [];
  try {
    for (const { start } of tables.length > 0 ? here : []) {
      const host = await start();
      try {
        for (const table of tables) add(await fill(table, host, guests, proofs, options));
      } finally {
        await host.stop();
      }
    }
  } finally {
    await Promise.all(guests.map((guest) => guest.stop()));
  }
  if (wanted(options, FIRST_USE)) {
    for (const { first } of here) add(await fillFirst(await first(), options));
  }
  return filled;
}

/** What has been proven so far: what each table's work comes to. */
type Proofs = Map<string, string>;

/** Measures one table on a host, with the guests' candidates among its own. */
async function fill(
  table: string,
  host: Host,
  guests: readonly Host[],
  proofs: Proofs,
  { quick, rounds }: Options,
): Promise<Filled> {
  const timed: Timed[] = [];
  const absent: Record<string, string> = {};
  for (const one of [host, ...guests]) {
    const opened = await one.open(table);
    prove(one, table, opened.proof, proofs);
    Object.assign(absent, opened.absent);
    for (const name of opened.names) {
      timed.push({ name, turn: one.turn, time: (runs) => one.time(table, name, runs) });
    }
  }
  const rows = await (quick ? takeTurns(timed, 1) : interleave(timed, rounds));
  return { runtime: host.name, table, rows, absent };
}

function prove({ name }: Host, table: string, proof: string | undefined, proofs: Proofs): void {
  if (proof === undefined) return;
  const known = proofs.get(table) ?? proof;
  if (known !== proof) throw new Error(`${table}: ${name} comes to ${proof}, others to ${known}`);
  proofs.set(table, proof);
}

async function fillFirst(uses: FirstUses, { quick }: Options): Promise<Filled> {
  try {
    const rows = await firstUses(uses, quick ? 1 : FIRST_ROUNDS);
    return { runtime: uses.name, table: FIRST_USE, rows, absent: uses.absent ?? {} };
  } finally {
    await uses.stop();
  }
}

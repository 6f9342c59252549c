/** Puts servers under load, in turns. */

import { join } from "node:path";

import { cpuTime } from "../cpu-time.js";
import { type Run, type Sent, writeRequests, wrk } from "./wrk.js";

/** A server, and what it is asked. */
export interface Target {
  readonly name: string;
  readonly origin: string;
  /** The process that answers. */
  readonly pid: number;
  /** Sent in turn, over and over. */
  readonly requests: readonly Sent[];
}

/** A target under load: medians of the rounds. */
export interface Load {
  readonly name: string;
  /** Calls a second with many connections. */
  readonly throughput: number;
  /** Of these calls, in ms. */
  readonly p99: number;
  /** Of calls one after the other, in ms. */
  readonly p50: number;
  /**
   * What the server's process worked for one of the many calls, in µs: hardly disturbed by what else the machine does.
   * NaN where `/proc` does not tell.
   */
  readonly cpu: number;
}

const ROUNDS = 7;
/** In seconds; `wrk` takes whole ones. */
const ROUND = 1;
const CONNECTIONS = 16;

/** Calls the targets in interleaved rounds: many calls at once, and one at a time. @param directory for what wrk reads */
export async function load(targets: readonly Target[], directory: string): Promise<Load[]> {
  const prepared = await Promise.all(
    targets.map((target, index) => prepare(target, join(directory, `${index}`))),
  );
  for (let round = 0; round <= ROUNDS; round += 1) {
    // The first round warms up.
    for (const { call } of prepared) await call(round > 0);
  }
  return prepared.map(({ name, many, single }) => ({
    name,
    throughput: median(many.map(({ rate }) => rate)),
    p99: median(many.map(({ p99 }) => p99)),
    p50: median(single.map(({ p50 }) => p50)),
    cpu: median(many.map(({ cpu }) => cpu)),
  }));
}

async function prepare({ name, origin, pid, requests }: Target, file: string) {
  await writeRequests(file, requests);
  const many: (Run & { readonly cpu: number })[] = [];
  const single: Run[] = [];
  const call = async (counts: boolean) => {
    const before = cpuTime(pid) ?? Number.NaN;
    const busy = await wrk(origin, file, CONNECTIONS, ROUND);
    const cpu = (cpuTime(pid) ?? Number.NaN) - before;
    const alone = await wrk(origin, file, 1, ROUND);
    if (!counts) return;
    many.push({ ...busy, cpu: (cpu * 1000) / busy.requests });
    single.push(alone);
  };
  return { name, many, single, call };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

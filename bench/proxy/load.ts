/** Puts servers under load, in turns. */

import { join } from "node:path";

import { cpuTime } from "../cpu-time.js";
import { median } from "../measure.js";
import { type Sent, writeRequests, wrk } from "./wrk.js";

/** A server, and what it is asked. */
export interface Target {
  readonly name: string;
  readonly origin: string;
  /** The process that answers. */
  readonly pid: number;
  /** Sent in turn, over and over. */
  readonly requests: readonly Sent[];
}

/** What one round found of a target. */
export interface Round {
  /** Calls a second with many connections. */
  readonly throughput: number;
  /** Of these calls, in ms. */
  readonly p99: number;
  /** Of calls one after the other, in ms. */
  readonly p50: number;
  /**
   * What the server's process worked for one of the many calls, in µs: hardly disturbed by what else the machine does.
   * NaN where the system does not tell.
   */
  readonly cpu: number;
}

/** A target under load. */
export interface Load {
  readonly name: string;
  readonly rounds: readonly Round[];
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
    for (const { call, rounds } of prepared) {
      const found = await call();
      // The first round warms up.
      if (round > 0) rounds.push(found);
    }
  }
  return prepared;
}

async function prepare({ name, origin, pid, requests }: Target, file: string) {
  await writeRequests(file, requests);
  const call = async (): Promise<Round> => {
    const before = cpuTime(pid) ?? Number.NaN;
    const many = await wrk(origin, file, CONNECTIONS, ROUND);
    const cpu = ((cpuTime(pid) ?? Number.NaN) - before) * (1000 / many.requests);
    const single = await wrk(origin, file, 1, ROUND);
    return { throughput: many.rate, p99: many.p99, p50: single.p50, cpu };
  };
  return { name, call, rounds: [] as Round[] };
}

/** A figure of a target: the median of its rounds. */
export function figureOf({ rounds }: Load, figure: keyof Round): number {
  return median(rounds.map((round) => round[figure]));
}

/** A figure in parts of another target's: the median of the rounds, in each of which both took turns. */
export function ratioTo(other: Load, { rounds }: Load, figure: keyof Round): number {
  return median(rounds.map((round, at) => round[figure] / (other.rounds[at]?.[figure] ?? Number.NaN)));
}

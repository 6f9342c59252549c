/** Timing: candidates take turns, so that what disturbs the machine disturbs them all alike. */

/** What was measured. */
export interface Measurement {
  readonly name: string;
  /** Microseconds for one run: the median of the rounds. */
  readonly median: number;
  /** The middle half of the rounds, in microseconds: lower and upper quartile. */
  readonly quartiles: readonly [number, number];
  /** Microseconds for one run, of each round. */
  readonly times: readonly number[];
}

/** How long one thing takes in parts of another: the median of the rounds, in each of which both took turns. */
export function ratio(one: Measurement, other: Measurement): number {
  return median(one.times.map((time, round) => time / (other.times[round] ?? Number.NaN)));
}

/** How long a candidate runs before it counts, in ms. */
const WARM_MS = 20;
/** No more rounds are begun after so many ms, once there are {@link FEWEST}. */
const PATIENCE_MS = 5000;
const FEWEST = 15;
const ASYNC_ROUNDS = 25;
/** How often one asynchronous candidate runs in one round. */
const ASYNC_RUNS = 100;

/** Something whose time can be taken. */
export interface Timed {
  readonly name: string;
  /**
   * How long a turn is, in ms. A short one is rarely disturbed: on a busy machine, a program runs for some ms and then
   * waits for others.
   */
  readonly turn: number;
  /** How long so many runs take, in ms. */
  time(runs: number): Promise<number>;
}

/** Measures all of them in interleaved rounds, each as often in a round as fills its turn. */
export async function interleave(candidates: readonly Timed[], rounds: number): Promise<Measurement[]> {
  const runs: number[] = [];
  for (const candidate of candidates) runs.push(await calibrate(candidate));
  return takeTurns(candidates, rounds, runs);
}

/** Measures all of them in interleaved rounds. @param runs how often each runs in a round; once where it is absent */
export async function takeTurns(
  candidates: readonly Pick<Timed, "name" | "time">[],
  rounds: number,
  runs: readonly number[] = [],
): Promise<Measurement[]> {
  const turns = candidates.map((candidate, at) => ({
    candidate,
    runs: runs[at] ?? 1,
    times: [] as number[],
  }));
  const begin = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    if (round >= FEWEST && performance.now() - begin > PATIENCE_MS) break;
    for (const { candidate, runs, times } of turns) times.push(((await candidate.time(runs)) * 1000) / runs);
  }
  return turns.map(({ candidate: { name }, times }) => summary(name, times));
}

/** Work that ends later; each run is awaited before the next. */
export interface AsyncCandidate {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** Measures all candidates in interleaved rounds, one run after the other. */
export async function measureAsync(candidates: readonly AsyncCandidate[]): Promise<Measurement[]> {
  const prepared = candidates.map((candidate) => ({ candidate, times: [] as number[] }));
  for (let round = 0; round <= ASYNC_ROUNDS; round += 1) {
    for (const { candidate, times } of prepared) {
      const begin = performance.now();
      for (let at = 0; at < ASYNC_RUNS; at += 1) await candidate.run();
      // The first round warms up.
      if (round > 0) times.push(((performance.now() - begin) * 1000) / ASYNC_RUNS);
    }
  }
  return prepared.map(({ candidate: { name }, times }) => summary(name, times));
}

function summary(name: string, times: readonly number[]): Measurement {
  const quartiles = [quantile(times, 0.25), quantile(times, 0.75)] as const;
  return { name, median: median(times), quartiles, times };
}

/** The middle one of some values, the lower one of two; NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
}

/** Warms up, and finds how many runs fill a turn. */
async function calibrate({ turn, time }: Timed): Promise<number> {
  for (let runs = 1; ; runs *= 2) {
    const took = await time(runs);
    if (took < WARM_MS) continue;
    // Twice, for the first may have been disturbed.
    const least = Math.min(took, await time(runs));
    if (least >= WARM_MS / 2) return Math.max(1, Math.round((runs * turn) / least));
  }
}

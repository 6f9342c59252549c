/** Timing: candidates take turns, so that what disturbs the machine disturbs them all alike. */

/** One way to do the work; its result counts, so that no engine leaves the work out. */
export interface Candidate {
  readonly name: string;
  readonly run: () => unknown;
}

/** What was measured. */
export interface Measurement {
  readonly name: string;
  /** Microseconds for one run: the median of the rounds. */
  readonly median: number;
  /** The middle half of the rounds, in microseconds: lower and upper quartile. */
  readonly quartiles: readonly [number, number];
}

const ROUNDS = 25;
/** How long one candidate runs in one round, in ms. */
const ROUND_MS = 20;
/** How often one asynchronous candidate runs in one round. */
const ASYNC_RUNS = 100;

/** Measures all candidates in interleaved rounds. */
export function measure(candidates: readonly Candidate[]): Measurement[] {
  const prepared = candidates.map((candidate) => ({
    candidate,
    runs: calibrate(candidate),
    times: [] as number[],
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { candidate, runs, times } of prepared) times.push(timed(candidate, runs));
  }
  return prepared.map(({ candidate: { name }, times }) => summary(name, times));
}

/** Work that ends later; each run is awaited before the next. */
export interface AsyncCandidate {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** Measures all candidates in interleaved rounds, one run after the other. */
export async function measureAsync(candidates: readonly AsyncCandidate[]): Promise<Measurement[]> {
  const prepared = candidates.map((candidate) => ({ candidate, times: [] as number[] }));
  for (let round = 0; round <= ROUNDS; round += 1) {
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
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { name, median: at(0.5), quartiles: [at(0.25), at(0.75)] };
}

/** Warms up, and finds how many runs fill a round. */
function calibrate(candidate: Candidate): number {
  for (let runs = 1; ; runs *= 2) {
    const took = timed(candidate, runs) * runs;
    if (took >= ROUND_MS * 1000 || runs >= 1 << 20)
      return Math.max(1, Math.round((runs * ROUND_MS * 1000) / took));
  }
}

/** Microseconds for one run. */
function timed({ run }: Candidate, runs: number): number {
  let last: unknown;
  const begin = performance.now();
  for (let at = 0; at < runs; at += 1) last = run();
  const took = performance.now() - begin;
  if (last === undefined) throw new Error("a candidate gave nothing");
  return (took * 1000) / runs;
}

import { Agent, get } from "node:http";

/** What one kind of call is, and how long each took. */
export interface Target {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A target under load. */
export interface Load {
  readonly name: string;
  /** Calls a second with many connections: the median of the rounds. */
  readonly throughput: number;
  /** Of calls one after the other, in ms. */
  readonly p50: number;
  readonly p99: number;
}

const ROUNDS = 12;
const ROUND_MS = 500;
const CONNECTIONS = 16;

/** Calls the targets in interleaved rounds: one call at a time, and many at once. */
export async function load(targets: readonly Target[]): Promise<Load[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const prepared = targets.map((target) => ({ target, single: [] as number[], rates: [] as number[] }));
  for (const { target } of prepared) await calls(target, agent, CONNECTIONS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { target, single, rates } of prepared) {
      single.push(...(await calls(target, agent, 1)));
      const begun = performance.now();
      const { length } = await calls(target, agent, CONNECTIONS);
      rates.push((length * 1000) / (performance.now() - begun));
    }
  }
  agent.destroy();
  return prepared.map(({ target: { name }, single, rates }) => ({
    name,
    throughput: quantile(rates, 0.5),
    p50: quantile(single, 0.5),
    p99: quantile(single, 0.99),
  }));
}

/** Calls for one round. @returns how long each call took, in ms */
async function calls(target: Target, agent: Agent, connections: number): Promise<number[]> {
  const times: number[] = [];
  const deadline = performance.now() + ROUND_MS;
  const connection = async () => {
    for (let begun = performance.now(); begun < deadline; begun = performance.now()) {
      await call(target, agent);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return times;
}

function call({ url, headers }: Target, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().on("end", resolve).on("error", reject);
    }).on("error", reject);
  });
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
}

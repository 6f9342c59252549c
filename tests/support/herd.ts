/** Many calls at once in this process, by one client, each with its trace. */

import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type Fetch, type Store, TuyaClient } from "tuya-auth/server";

import { devices } from "./client-scenario.js";
import { ann, appKeys } from "./demo-seed.js";
import { type CallTrace, type Report, Trace, traced } from "./trace.js";

/** How a herd calls. */
export interface Herd {
  readonly store: Store;
  /** The data center's OpenAPI. */
  readonly openapi: string;
  /** In place of the runtime's. */
  readonly fetch?: Fetch;
  /** How far the client's clock is ahead of this machine's, in ms. */
  readonly ahead?: number;
  /** How long the client waits for an answer, in ms; a machine that is busy with other tests answers late. */
  readonly timeout?: number;
  /** How many calls begin at once. */
  readonly count: number;
  /** How many follow, one every other millisecond, so that some begin while the token is replaced and some after. */
  readonly followers: number;
}

/** The time of this machine in ms, which all of its processes share. */
const clock = () => Number(process.hrtime.bigint()) / 1e6;

/** Lets Ann's devices be asked for by a herd. */
export async function stampede(herd: Herd): Promise<Report> {
  const { store, openapi, fetch = globalThis.fetch, ahead = 0, timeout = 120_000, count, followers } = herd;
  const calling = new AsyncLocalStorage<CallTrace>();
  const trace = new Trace({ current: () => calling.getStore(), clock });
  const client = new TuyaClient({
    ...appKeys,
    dataCenter: { code: "us", openapi },
    store: trace.store(store),
    fetch: trace.fetch(fetch as Fetch),
    now: () => Date.now() + ahead,
    timeout,
  });
  const calls: CallTrace[] = [];
  const call = () => {
    const one: CallTrace = { readAt: 0, sent: [] };
    calls.push(one);
    return calling.run(one, () => traced(one, () => client.forUser(ann.uid).request(devices)));
  };
  const running = Array.from({ length: count }, call);
  for (let follower = 0; follower < followers; follower += 1) {
    await sleep(2);
    running.push(call());
  }
  await Promise.all(running);
  // One more, which surely begins after all is over.
  await call();
  return { calls, stored: trace.stored };
}

import { setTimeout as sleep } from "node:timers/promises";

import { Random } from "../support/random.js";
import { Calls } from "./calls.js";
import { Ledger } from "./ledger.js";
import { keepCalling } from "./load.js";
import { verify } from "./verify.js";

/** A cloud in a process. */
export interface Killable {
  readonly origin: string;
  /** Ends the process by SIGKILL; resolves when it is gone. More calls are harmless. */
  kill(): Promise<void>;
}

/** How the test goes. */
export interface Plan {
  /** How often the process is killed. */
  readonly kills: number;
  readonly seed: number;
  /** Starts the cloud on the same storage every time. */
  start(): Promise<Killable>;
}

/** How many clients call at the same time. */
const CLIENTS = 6;
/** A kill comes after at most so many acknowledged calls, and at most so many ms after the last of them. */
const MOST = { calls: 24, ms: 20 };

/**
 * Lets clients call a cloud until it is killed at a random moment, starts it again, holds it to what it acknowledged,
 * and so on. Rejects at the first contradiction.
 *
 * @returns what the clients did, in words
 */
export async function killAgainAndAgain({ kills, seed, start }: Plan): Promise<string> {
  const random = new Random(seed);
  const ledger = new Ledger();
  while (ledger.round < kills) {
    await withCloud(start, async (cloud) => {
      const calls = new Calls(cloud.origin);
      await verify(calls, ledger, "recent");
      await callAndKill(cloud, calls, ledger, random);
    });
    ledger.round += 1;
  }
  await withCloud(start, ({ origin }) => verify(new Calls(origin), ledger, "all"));
  const counts = Object.entries(ledger.acknowledged).map(([kind, count]) => `${count} ${kind}`);
  return `${kills} kills (seed ${seed}): acknowledged were ${counts.join(", ")}; ${ledger.broken} calls broke off`;
}

/** Leaves no cloud behind, however it ends. */
async function withCloud(start: Plan["start"], use: (cloud: Killable) => Promise<void>): Promise<void> {
  const cloud = await start();
  try {
    await use(cloud);
  } finally {
    await cloud.kill();
  }
}

async function callAndKill(cloud: Killable, calls: Calls, ledger: Ledger, random: Random): Promise<void> {
  let gone = false;
  const clients = random.list(CLIENTS, () =>
    keepCalling(calls, ledger, new Random(random.below(2 ** 31)), () => gone),
  );
  const pause = random.below(MOST.ms);
  const killed = ledger.more(random.below(MOST.calls)).then(async () => {
    await sleep(pause);
    gone = true;
    await cloud.kill();
  });
  await Promise.all([...clients, killed]);
}

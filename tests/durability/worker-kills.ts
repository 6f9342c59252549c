import { setTimeout as sleep } from "node:timers/promises";

import type { RunningWorker } from "../../www/demo/worker.js";
import type { CloudServer } from "../support/cloud-server.js";
import { Random } from "../support/random.js";
import type { Deed, Person } from "./person.js";

/** How the test goes. */
export interface Plan {
  readonly kills: number;
  readonly seed: number;
  readonly cloud: CloudServer;
  /** Resolves when the cloud has worked off so many requests from now on. */
  more(count: number): Promise<void>;
  readonly people: readonly Person[];
  /** Starts the worker on the same storage every time. */
  start(): Promise<RunningWorker>;
  /** How long a lock lasts that a dead process held, in ms. */
  readonly lockLife: number;
}

/** What came of it. */
export interface Outcome {
  /** What people got answers to. */
  readonly done: Record<Deed, number>;
  /** What was under way when the worker was killed. */
  readonly broken: Record<Deed, number>;
  /** How often somebody who was told "linked" was checked after a kill, and was. */
  readonly kept: number;
  /** How often the cloud had rotated, and the answer was lost. */
  readonly lost: number;
}

/** How many people use the worker at the same time. */
const AT_ONCE = 4;

/** A kill comes after at most so many requests to the cloud; a link takes six. */
const MOST = 40;

/** An exchange or a refresh. */
const TOKEN = /\/v1\.0\/token[/?]/;

/**
 * Lets people link and call until the worker is killed, starts it again, checks whoever was told "linked", and so on.
 * Rejects when somebody is not linked any more for whom the cloud had not rotated.
 */
export async function killWorker(plan: Plan): Promise<Outcome> {
  const { kills, seed, people, start, lockLife } = plan;
  const random = new Random(seed);
  const outcome = { done: counts(), broken: counts(), kept: 0, lost: 0 };
  /** Who was amidst a refresh when its worker died, and until when the dead one's lock may last. */
  const waiting = new Map<Person, number>();
  let unchecked = new Set<Person>();

  const check = async (checked: Iterable<Person>) => {
    const told = [...checked].filter(({ isTold }) => isTold);
    for (const found of await Promise.all(told.map((person) => person.check()))) outcome[found] += 1;
  };

  for (let round = 0; round < kills; round += 1) {
    const worker = await start();
    try {
      const free = await whoIsFree(people, waiting);
      await check(free.filter((person) => unchecked.has(person)));
      unchecked = new Set([...unchecked].filter((person) => waiting.has(person)));

      const busy = draw(random, free, AT_ONCE);
      let gone = false;
      const lives = busy.map((person) => {
        const done = (deed: Deed) => {
          outcome.done[deed] += 1;
        };
        return person.live(new Random(random.below(2 ** 31)), () => gone, done);
      });
      const killed = moment(plan, random).then(async (release) => {
        gone = true;
        await worker.kill();
        release();
      });
      await Promise.all([...lives, killed]);
      for (const person of busy) {
        unchecked.add(person);
        if (person.broken === undefined) continue;
        outcome.broken[person.broken] += 1;
        if (person.broken === "refresh") waiting.set(person, Date.now() + lockLife);
      }
    } finally {
      await worker.kill();
    }
  }

  await sleep(Math.max(0, ...[...waiting.values()].map((until) => until - Date.now())));
  const worker = await start();
  try {
    await check(people);
  } finally {
    await worker.kill();
  }
  return outcome;
}

/** Whoever waits for no lock any more; so many at least that the worker has something to do. */
async function whoIsFree(people: readonly Person[], waiting: Map<Person, number>): Promise<Person[]> {
  for (;;) {
    for (const [person, until] of waiting) if (until <= Date.now()) waiting.delete(person);
    const free = people.filter((person) => !waiting.has(person));
    if (free.length >= AT_ONCE) return free;
    await sleep(Math.max(1, Math.min(...waiting.values()) - Date.now()));
  }
}

/** Waits for the moment to kill at. @returns what is to be done once the worker is gone */
async function moment({ cloud, more }: Plan, random: Random): Promise<() => void> {
  await more(random.below(MOST));
  if (random.once(2)) {
    await sleep(random.below(40));
    return () => {};
  }
  // The cloud has worked an exchange or a refresh off: before its answer goes out, or shortly after.
  const held = cloud.hold(TOKEN);
  await held.reached;
  if (random.once(2)) return held.release;
  held.release();
  await sleep(random.below(10));
  return () => {};
}

function counts(): Record<Deed, number> {
  return { link: 0, call: 0, refresh: 0 };
}

/** Some of them, each once. */
function draw<T>(random: Random, from: readonly T[], count: number): T[] {
  const left = [...from];
  const drawn: T[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(random.below(left.length), 1));
  return drawn;
}

/**
 * workerd. Its clock stands still while a request is served, so the time is taken here: that of its process on a processor,
 * where the system tells, else the request's, less that of an empty request.
 */

import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { bundleWorker } from "../../tests/support/bundle.js";
import { startModules } from "../../tests/support/plain-worker.js";
import { cpuTime } from "../cpu-time.js";
import type { Opened } from "../work/candidate.js";
import type { Host, Question } from "./host.js";
import { nodeModules } from "./node-modules.js";

const { version } = createRequire(import.meta.url)("workerd/package.json") as { version: string };

/** What the process does after its answer is over by then. */
const SETTLING_MS = 1;

/** Such as `workerd 1.20261117.1`. */
export const workerdName = `workerd ${version}`;

/** Starts it. */
export async function startWorkerd(): Promise<Host> {
  const main = fileURLToPath(new URL("./workerd-main.js", import.meta.url));
  const modules = await bundleWorker(main, { mainFields: ["module", "main"], plugins: [nodeModules] });
  const { origin, pid, stop, output } = await startModules(modules);
  const ask = async (question: Question) => {
    const response = await fetch(origin, { method: "POST", body: JSON.stringify(question) });
    const text = await response.text();
    if (!response.ok) throw new Error(`workerd: ${output()}`);
    return text;
  };
  const timed = async (question: Question) => {
    const before = cpuTime(pid);
    const begin = performance.now();
    await ask(question);
    const took = performance.now() - begin;
    if (before === undefined) return took;
    await setTimeout(SETTLING_MS);
    return (cpuTime(pid) ?? Number.NaN) - before;
  };
  return {
    turn: 10,
    name: workerdName,
    open: async (table): Promise<Opened> => JSON.parse(await ask({ open: table })),
    async time(table, candidate, runs) {
      const empty = await timed({ table, candidate, runs: 0 });
      return Math.max(0, (await timed({ table, candidate, runs })) - empty);
    },
    stop,
  };
}

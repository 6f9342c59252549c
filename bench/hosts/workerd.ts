/** workerd. Its clock stands still while a request is served, so the time is taken here, less that of an empty request. */

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { bundleWorker } from "../../tests/support/bundle.js";
import { startModules } from "../../tests/support/plain-worker.js";
import type { Opened } from "../work/candidate.js";
import type { Host, Question } from "./host.js";
import { nodeModules } from "./node-modules.js";

/** Starts it. */
export async function startWorkerd(): Promise<Host> {
  const { version } = createRequire(import.meta.url)("workerd/package.json") as { version: string };
  const main = fileURLToPath(new URL("./workerd-main.js", import.meta.url));
  const modules = await bundleWorker(main, { mainFields: ["module", "main"], plugins: [nodeModules] });
  const { origin, stop, output } = await startModules(modules);
  const ask = async (question: Question) => {
    const response = await fetch(origin, { method: "POST", body: JSON.stringify(question) });
    const text = await response.text();
    if (!response.ok) throw new Error(`workerd: ${output()}`);
    return text;
  };
  const timed = async (question: Question) => {
    const begin = performance.now();
    await ask(question);
    return performance.now() - begin;
  };
  return {
    name: `workerd ${version}`,
    open: async (table): Promise<Opened> => JSON.parse(await ask({ open: table })),
    async time(table, candidate, runs) {
      const empty = await timed({ table, candidate, runs: 0 });
      return Math.max(0, (await timed({ table, candidate, runs })) - empty);
    },
    stop,
  };
}

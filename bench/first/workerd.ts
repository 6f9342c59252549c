/**
 * First uses on workerd: each in a process of its own, from its start until its first answer, for its clock stands still
 * while a request is served; where the system tells, the time that the process was on a processor. Beside them one that
 * only answers.
 */

import { fileURLToPath } from "node:url";

import { bundleWorker } from "../../tests/support/bundle.js";
import { startModules } from "../../tests/support/plain-worker.js";
import type { WorkerdModule } from "../../www/demo/workerd-config.js";
import { cpuTime } from "../cpu-time.js";
import { nodeModules } from "../hosts/node-modules.js";
import { workerdName } from "../hosts/workerd.js";
import { REFUSES_BYTES } from "../work/peers/everywhere.js";
import { CONSTANT, type Contender, contenders, type FirstUses } from "./contender.js";

const main: WorkerdModule = {
  name: "main.js",
  kind: "esModule",
  content: `import { first } from "./worker.js";
    export default { fetch: async () => new Response(await first()) };`,
};

export async function firstOnWorkerd(): Promise<FirstUses> {
  const here = [CONSTANT, ...contenders.filter(({ compiles }) => !compiles)];
  const workers = new Map<Contender, [WorkerdModule, ...WorkerdModule[]]>();
  for (const contender of here) {
    const path = fileURLToPath(new URL(`./${contender.file}.js`, import.meta.url));
    const bundled = await bundleWorker(path, { mainFields: ["module", "main"], plugins: [nodeModules] });
    workers.set(contender, [main, ...bundled]);
  }
  return {
    name: workerdName,
    contenders: here,
    absent: Object.fromEntries(
      contenders.filter(({ compiles }) => compiles).map(({ name }) => [name, REFUSES_BYTES]),
    ),
    async use(contender) {
      const begin = performance.now();
      const worker = await startModules(workers.get(contender) ?? [main]);
      try {
        const gave = await (await fetch(worker.origin)).text();
        const took = performance.now() - begin;
        return { took: cpuTime(worker.pid) ?? took, gave };
      } finally {
        await worker.stop();
      }
    },
    stop: async () => undefined,
  };
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import type { Outcome } from "../conformance/group.js";
import { startPlainWorker } from "../support/plain-worker.js";
import type { Runtime } from "./runtime.js";

const { resolve } = createRequire(import.meta.url);

/** Cloudflare's runtime. It compiles no bytes: the bundle keeps each `.wasm` file as a module of its own. */
export const workerd: Runtime = {
  name: "workerd",
  ofMachine: false,
  without: [],
  absent: () => false,
  async run(suite) {
    const worker = await startPlainWorker(pathToFileURL(suite.program("worker")));
    try {
      const answer = await fetch(worker.origin);
      if (!answer.ok) throw new Error(`${answer.status}: ${worker.output()}`);
      const outcomes = (await answer.json()) as Outcome[];
      const { version } = JSON.parse(readFileSync(resolve("workerd/package.json"), "utf8"));
      return { version, outcomes };
    } finally {
      await worker.stop();
    }
  },
};

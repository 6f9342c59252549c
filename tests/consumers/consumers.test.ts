import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

import { absent, runtime } from "../runtimes/programs.js";
import { isComplete, versionIn } from "../runtimes/runtime.js";
import { recordCell } from "../support/matrix.js";
import type { Consumer } from "./consumer.js";
import { install, type Project } from "./project.js";
import { bundlers } from "./rows/bundlers.js";
import { loaders } from "./rows/loaders.js";
import { platforms } from "./rows/platforms.js";
import { openStage, type Stage } from "./stage.js";
import { runTool, type Surroundings } from "./tool.js";

// Two at a time: what a tool waits for, another one can use.
describe("the packed tarball, with no configuration for its sake", { concurrency: 2 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  for (const consumer of [...platforms, ...bundlers, ...loaders]) {
    const { name: row, project: folder, node = "node", build, cases } = consumer;
    // Where set-up can install every Node, one that is absent is a failure.
    const reason = !isComplete() && absent(node);
    const record = (column: string, found: Found) =>
      recordCell("consumers", { table: "bundler", name: row, case: column, ...found });
    if (reason !== false) {
      for (const { name } of cases) record(name, { version: "", ms: 0, ok: true, reason });
    }

    describe(row, { skip: reason, concurrency: 1 }, () => {
      let surroundings: Surroundings;
      let version: Version;
      before(async () => {
        const program = runtime(node);
        assert.ok(program, String(absent(node)));
        const project = await install(folder);
        surroundings = { folder: project.folder, node: program };
        version = await versionOf(consumer, { project, program, stage });
        if (build !== undefined) await runTool(build.split(" "), surroundings);
      });

      for (const { name, build, output } of cases) {
        it(name, async () => {
          const started = performance.now();
          const found = () => ({ ...version, ms: Math.round(performance.now() - started) });
          try {
            if (build !== undefined) await runTool(build.split(" "), surroundings);
            await output(stage, surroundings);
          } catch (error) {
            record(name, { ...found(), ok: false });
            throw error;
          }
          record(name, { ...found(), ok: true });
        });
      }
    });
  }
});

interface Version {
  readonly version: string;
  readonly ofMachine?: boolean;
}

interface Found extends Version {
  readonly ms: number;
  readonly ok: boolean;
  readonly reason?: string;
}

/** The tool's version; without a tool that of the Node which set-up pins, or of the machine's browser. */
async function versionOf(
  { tool, node }: Consumer,
  { project, program, stage }: { project: Project; program: string; stage: Stage },
): Promise<Version> {
  if (tool !== undefined) return { version: await project.version(tool) };
  if (node === undefined) {
    return { version: versionIn(await (await stage.browser()).version()), ofMachine: true };
  }
  return { version: versionIn((await promisify(execFile)(program, ["--version"])).stdout) };
}

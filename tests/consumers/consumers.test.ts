import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

import { absent, runtime } from "../runtimes/programs.js";
import { isComplete, versionIn } from "../runtimes/runtime.js";
import { recordCell } from "../support/matrix.js";
import type { Consumer } from "./consumer.js";
import { type InstalledProject, install } from "./project.js";
import { bundlers } from "./rows/bundlers.js";
import { cloudflare } from "./rows/cloudflare.js";
import { next } from "./rows/next.js";
import { plain } from "./rows/plain.js";
import { testRunners } from "./rows/test-runners.js";
import { openStage, type Stage } from "./stage.js";
import { runTool } from "./tool.js";

// Two at a time: while one waits for what it has started, the other goes on.
describe("the packed tarball, with no configuration for its sake", { concurrency: 2 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  for (const { folder, consumers, ...project } of [next, bundlers, cloudflare, testRunners, plain]) {
    describe(`the project ${folder}`, { concurrency: 1 }, () => {
      let installed: InstalledProject;
      before(async () => {
        installed = await install(folder);
      });
      for (const consumer of consumers) {
        describeConsumer({ ...project, ...consumer }, () => ({ stage, installed }));
      }
    });
  }
});

/** @param given what is there once the tests run */
function describeConsumer(
  consumer: Consumer,
  given: () => { stage: Stage; installed: InstalledProject },
): void {
  const { name: row, node = "node", build, cases } = consumer;
  const record = (column: string, found: Found) =>
    recordCell("consumers", { table: "bundler", name: row, case: column, ...found });
  // Where set-up can install every Node, one that is absent is a failure.
  const reason = !isComplete() && absent(node);
  if (reason !== false) {
    for (const { name } of cases) record(name, { version: "", ms: 0, ok: true, reason });
  }

  describe(row, { skip: reason }, () => {
    const make = async (command: string | undefined) => {
      const program = runtime(node);
      assert.ok(program, String(absent(node)));
      const surroundings = { folder: given().installed.folder, node: program };
      if (command !== undefined) await runTool(command.split(" "), surroundings);
      return surroundings;
    };
    let version: Version;
    before(async () => {
      const { node: program } = await make(build);
      version = await versionOf(consumer, program, given());
    });

    for (const { name, build, output } of cases) {
      it(name, async () => {
        const started = performance.now();
        let ok = false;
        try {
          await output(given().stage, await make(build));
          ok = true;
        } finally {
          record(name, { ...version, ms: Math.round(performance.now() - started), ok });
        }
      });
    }
  });
}

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
  program: string,
  { stage, installed }: { stage: Stage; installed: InstalledProject },
): Promise<Version> {
  if (tool !== undefined) return { version: await installed.version(tool) };
  if (node === undefined) {
    return { version: versionIn(await (await stage.browser()).version()), ofMachine: true };
  }
  return { version: versionIn((await promisify(execFile)(program, ["--version"])).stdout) };
}

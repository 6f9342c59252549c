/** Runtimes that run a program and print: Node, Deno and Bun. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type { Outcome } from "../conformance/group.js";
import type { EntryName, InstalledSuite } from "./installed.js";
import { absent, type RuntimeName, runtime } from "./programs.js";
import { type Runtime, versionIn } from "./runtime.js";

const run = promisify(execFile);

/** How each runs a module, with no rights that it does not need. */
const flags: Readonly<Record<RuntimeName, readonly string[]>> = {
  node: [],
  node20: [],
  node22: [],
  node24: [],
  deno: ["run", "--quiet", "--no-remote", "--no-prompt", "--no-lock", "--node-modules-dir=manual"],
  bun: ["run", "--no-install"],
};

/** The command line by which a runtime runs a module. @param rights what it may do, in a runtime that asks */
export function commandOf(
  name: RuntimeName,
  module: string,
  rights: readonly string[] = [],
): [string, string[]] {
  const program = runtime(name);
  if (program === undefined) throw new Error(String(absent(name)));
  return [program, [...flags[name], ...(name === "deno" ? rights : []), module]];
}

/** Runs one of the suite's programs. @returns what it printed, as JSON */
export async function runProgram(
  name: RuntimeName,
  suite: InstalledSuite,
  program: EntryName,
  options: readonly string[] = [],
): Promise<unknown> {
  const [file, args] = commandOf(name, suite.program(program));
  const { stdout } = await run(file, [...options, ...args], { cwd: suite.folder, maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}

/** The suite in a process of its own, out of the package as it lies in `node_modules`. */
function processRuntime(name: string, program: RuntimeName): Runtime {
  return {
    name,
    ofMachine: false,
    without: [],
    absent: () => absent(program),
    async run(suite) {
      const { stdout } = await run(runtime(program) ?? "", ["--version"]);
      const outcomes = (await runProgram(program, suite, "process")) as Outcome[];
      return { version: versionIn(stdout), outcomes };
    },
  };
}

/** Those that are pinned in `tests/runtimes/package.json`. */
export const processes: readonly Runtime[] = [
  processRuntime("Node 20", "node20"),
  processRuntime("Node 22", "node22"),
  processRuntime("Node 24", "node24"),
  processRuntime("Deno", "deno"),
  processRuntime("Bun", "bun"),
];

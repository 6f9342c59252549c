/** First uses in Node: each in a process of its own, which takes the time from its first line on. */

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { type Contender, contenders, type FirstUses } from "./contender.js";

const main = fileURLToPath(new URL("./main.js", import.meta.url));

/** @param program the path of the `node` to run */
export async function firstOnNode(program: string): Promise<FirstUses> {
  const use = async ({ file }: Contender) => {
    const { stdout } = await promisify(execFile)(program, [main, file]);
    return JSON.parse(stdout);
  };
  const { stdout } = await promisify(execFile)(program, ["--version"]);
  return { name: `Node ${stdout.trim().slice(1)}`, contenders, use, stop: async () => undefined };
}

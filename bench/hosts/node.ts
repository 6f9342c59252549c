/** A Node of some version, as a process of its own. */

import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { watch } from "../../www/demo/child.js";
import type { Opened } from "../work/candidate.js";
import type { Host, Question } from "./host.js";

/** Starts it. @param program the path of the `node` to run */
export async function startNode(program: string): Promise<Host> {
  const version = execFileSync(program, ["--version"], { encoding: "utf8" }).trim().slice(1);
  const child = fork(fileURLToPath(new URL("./node-main.js", import.meta.url)), { execPath: program });
  const { ended, stop } = watch(child);
  const gone = ended.then(() => Promise.reject(new Error(`Node ${version} ended`)));
  gone.catch(() => undefined);
  const ask = async (question: Question) => {
    child.send(question);
    const [message] = await Promise.race([once(child, "message"), gone]);
    if ("error" in message) throw new Error(`Node ${version}: ${message.error}`);
    return message.answer;
  };
  return {
    turn: 2,
    name: `Node ${version}`,
    open: async (table): Promise<Opened> => ask({ open: table }),
    time: async (table, candidate, runs): Promise<number> => ask({ table, candidate, runs }),
    stop,
  };
}

/** A process of its own with a client on a shared Redis, whose calls begin when its parent says so. */

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import type { HerdInstructions } from "./herd-worker.js";
import type { Report } from "./trace.js";

/** A herd in a process of its own. */
export interface HerdProcess {
  /** Lets the calls begin, and gives what they did when all have ended. */
  run(): Promise<Report>;
  /** Ends the process. */
  stop(): void;
}

const program = fileURLToPath(new URL("./herd-worker.js", import.meta.url));

/** Starts one; it is connected when this resolves. */
export async function startHerdProcess(instructions: HerdInstructions): Promise<HerdProcess> {
  const child = fork(program, { stdio: "inherit" });
  const answer = async <T>(message: unknown): Promise<T> => {
    const answered = once(child, "message");
    child.send(message as object);
    const ended = once(child, "exit").then(([status]) =>
      Promise.reject(new Error(`it ended with ${status}`)),
    );
    const [[said]] = [await Promise.race([answered, ended])];
    return said as T;
  };
  await answer(instructions);
  return { run: () => answer<Report>("run"), stop: () => void child.kill("SIGKILL") };
}

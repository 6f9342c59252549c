/** The life of a process that this one started: it ends with its parent, or when it is stopped. */

import type { ChildProcess } from "node:child_process";

/** A process under watch. */
export interface Watched {
  /** Resolves once it has ended, or could not be started. */
  ended: Promise<void>;
  /** Asks it to end, makes it when it does not, and resolves once it has ended; more calls are harmless. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL), and resolves once it has ended; more calls are harmless. */
  kill(): Promise<void>;
}

/** How long a process that was asked to end may take, in ms, before it is made to. */
const stopGrace = 2_000;

/** Watches a process from its start on. */
export function watch(child: ChildProcess): Watched {
  const killWithParent = () => child.kill("SIGKILL");
  process.once("exit", killWithParent);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  }).then(() => void process.off("exit", killWithParent));
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), stopGrace);
    await ended;
    clearTimeout(timer);
  };
  const kill = () => {
    child.kill("SIGKILL");
    return ended;
  };
  return { ended, stop, kill };
}

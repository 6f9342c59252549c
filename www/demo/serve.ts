/** Starts the worker and checks that it answers before anything is built on it. */

import { Browser } from "./browser.js";
import { DemoFailure } from "./failure.js";
import { type RunningWorker, startWorker, type WorkerOptions } from "./worker.js";

/**
 * Starts the worker and asks it for a session, which nobody has yet.
 *
 * @param started called once the process runs, before it is checked
 * @throws DemoFailure `worker_not_started`; the message holds what it logged
 */
export async function startCheckedWorker(
  options: WorkerOptions,
  started: (worker: RunningWorker) => void,
): Promise<RunningWorker> {
  const worker = await startWorker(options);
  started(worker);
  const answer = await new Browser().fetch(`${worker.address}/`, "GET", "/auth/session");
  if (answer.status !== 200) {
    throw new DemoFailure(
      "worker_not_started",
      `The worker answers ${answer.status}. ${worker.output()}`.trim(),
    );
  }
  return worker;
}

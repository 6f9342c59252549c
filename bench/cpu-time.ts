import { readdirSync, readFileSync } from "node:fs";

/**
 * How long a process has been on a processor so far, in ms, all its threads together; `undefined` where the system does
 * not tell. Waiting for a busy machine does not count.
 */
export function cpuTime(pid: number): number | undefined {
  const tasks = `/proc/${pid}/task`;
  try {
    const times = readdirSync(tasks).map((task) =>
      Number.parseInt(readFileSync(`${tasks}/${task}/schedstat`, "utf8"), 10),
    );
    return times.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
  } catch {
    return undefined; // Not on Linux.
  }
}

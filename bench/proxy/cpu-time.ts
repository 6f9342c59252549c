import { readFile } from "node:fs/promises";

/** How long a tick of the kernel's counts is, in ms: `USER_HZ` is 100 wherever Linux runs Node. */
const TICK = 10;

/** How long a process has worked so far, in ms, by Linux's `/proc` (proc_pid_stat(5), utime and stime); NaN elsewhere. */
export async function cpuTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The second field, a name, may hold spaces and parentheses; the third comes after the last of these.
  const [utime, stime] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(utime) + Number(stime)) * TICK;
}

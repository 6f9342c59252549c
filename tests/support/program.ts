import { spawnSync } from "node:child_process";

/** Why tests of this program must be skipped; `false` when it is there and takes these arguments. */
export function missing(program: string, ...probe: string[]): string | false {
  const { status } = spawnSync(program, probe, { stdio: "ignore" });
  return status === 0 ? false : `${program} ${probe.join(" ")} does not run here`;
}

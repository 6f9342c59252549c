import { spawnSync } from "node:child_process";

/** Why tests of this program must be skipped; `false` when it runs here. */
export function missing(program: string, ...probe: string[]): string | false {
  const { error } = spawnSync(program, probe, { stdio: "ignore" });
  return error === undefined ? false : `${program} is not installed`;
}

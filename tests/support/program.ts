import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Why tests of this program must be skipped; `false` when it is there and takes these arguments. */
export function missing(program: string, ...probe: string[]): string | false {
  const { status } = spawnSync(program, probe, { stdio: "ignore" });
  return status === 0 ? false : `${program} ${probe.join(" ")} does not run here`;
}

/** The path of the first program of these names on the search path. */
export function findProgram(names: readonly string[]): string | undefined {
  const { PATH = "" } = process.env;
  const folders = PATH.split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

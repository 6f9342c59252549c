import { existsSync } from "node:fs";

import type { Outcome } from "../conformance/group.js";
import type { InstalledSuite } from "./installed.js";

/** A runtime that the suite is launched in: a row of the table in `docs/runtimes.md`. */
export interface Runtime {
  readonly name: string;
  /** Whether it is the machine's own, of whatever version, and not pinned by a lock file. */
  readonly ofMachine: boolean;
  /** The groups that cannot be used in it, for the reason that each gives. */
  readonly without: readonly string[];
  /** Why it cannot be started on this machine; `false` when it can. */
  absent(): string | false;
  run(suite: InstalledSuite): Promise<Run>;
}

/** What a run of the suite came to. */
export interface Run {
  /** The runtime's own version. */
  readonly version: string;
  readonly outcomes: readonly Outcome[];
}

/** Whether this machine is one on which set-up installs every runtime, so that none may be absent. */
export function isComplete(): boolean {
  const { platform, arch } = process;
  return (
    platform === "linux" && arch === "x64" && process.getuid?.() === 0 && existsSync("/etc/debian_version")
  );
}

/** The version number in what a program says of itself, such as `v22.23.3` or `deno 2.9.6 (stable, …)`. */
export function versionIn(text: string): string {
  const [version] = /\d+(\.\d+)+/.exec(text) ?? [];
  if (version === undefined) throw new Error(`no version in "${text}"`);
  return version;
}

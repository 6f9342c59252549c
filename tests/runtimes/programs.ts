import { existsSync } from "node:fs";
import { createRequire } from "node:module";

/** The JavaScript runtimes of `tests/runtimes/package.json`, and the Node that runs this. */
export type RuntimeName = "node" | "node20" | "node22" | "node24" | "deno" | "bun";

const { resolve } = createRequire(new URL("../../../../tests/runtimes/package.json", import.meta.url));

const programs = {
  node20: "node20/bin/node",
  node22: "node22/bin/node",
  node24: "node24/bin/node",
  deno: "@deno/linux-x64-glibc/deno",
  bun: "@oven/bun-linux-x64/bin/bun",
};

/** The path of a runtime's program; `undefined` where there is none for this machine. */
export function runtime(name: RuntimeName): string | undefined {
  if (name === "node") return process.execPath;
  try {
    const path = resolve(programs[name]);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Why tests of this runtime must be skipped; `false` when it is there. */
export function absent(name: RuntimeName): string | false {
  return runtime(name) === undefined && `no ${name} was installed for this machine (tests/runtimes)`;
}

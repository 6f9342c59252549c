/** What was measured on, and with which versions. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, release, type } from "node:os";

export interface Machine {
  /** Such as `AMD EPYC 7763, 2 cores, Linux 6.1.0 (Debian GNU/Linux 12)`. */
  readonly text: string;
  /** The peers' packages with their versions, such as `crypto-js 4.2.0`. */
  readonly packages: readonly string[];
}

const PEERS = ["@tuya/tuya-connector-nodejs", "@noble/hashes", "crypto-js", "hash-wasm"];

/** This machine, and the peers that are installed. */
export function machine(): Machine {
  const [cpu] = cpus();
  const text = `${cpu?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${type()} ${release()}`;
  return { text: `${text}${distribution()}`, packages: PEERS.map((name) => `${name} ${versionOf(name)}`) };
}

function distribution(): string {
  try {
    const [, name] = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8")) ?? [];
    return name === undefined ? "" : ` (${name})`;
  } catch {
    return ""; // Not every system has the file.
  }
}

/** Of packages that do not export their manifest, too. */
function versionOf(name: string): string {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      return JSON.parse(readFileSync(`${path}/${name}/package.json`, "utf8")).version;
    } catch {
      // Looked for in the next folder.
    }
  }
  throw new Error(`${name} is not installed`);
}

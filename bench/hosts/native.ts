/** The crate alone, compiled for this machine: the limit of what its WebAssembly can reach. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { watch } from "../../www/demo/child.js";
import { inputs } from "../work/inputs.js";
import type { Input } from "../work/typical.js";
import type { Host } from "./host.js";

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

/** The programs that `cargo xtask` builds of `bench/native`, by what they are called in the report. */
export const programs = {
  "Rust, portable SHA-256": path("soft/release/tuya-auth-bench"),
  "Rust, this machine's SHA-256": path("release/tuya-auth-bench"),
};

/** Their names. */
export const nativeNames = Object.keys(programs) as (keyof typeof programs)[];

/** How the program is told of a request (`bench/native/src/main.rs`). */
export function requestLine({ method, url, accessToken, t, nonce, body = "" }: Input): Buffer {
  const bytes = Buffer.from(body);
  const fields = ["request", method, url, accessToken, t, nonce, bytes.length];
  return Buffer.concat([Buffer.from(`${fields.join("\t")}\n`), bytes]);
}

/** Starts one of the programs. It takes part where the nonce is given: drawing one is the caller's there. */
export function startNative(name: keyof typeof programs): Host {
  const child = spawn(programs[name], { stdio: ["pipe", "pipe", "inherit"] });
  const { ended, stop } = watch(child);
  const gone = ended.then(() => Promise.reject(new Error(`${programs[name]} ended`)));
  gone.catch(() => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (question: string | Buffer): Promise<string> => {
    child.stdin.write(question);
    const { value } = await Promise.race([lines.next(), gone]);
    return String(value);
  };
  let current: string | undefined;
  const open = async (table: string) => {
    const input = inputs.get(table);
    if (input?.nonce === undefined) return { names: [], absent: {}, proof: undefined };
    current = table;
    return { names: [name], absent: {}, proof: await ask(requestLine(input)) };
  };
  return {
    turn: 2,
    name,
    open,
    async time(table, _, runs) {
      if (table !== current) await open(table);
      return Number(await ask(`time\t${runs}\n`)) / 1e6;
    },
    stop,
  };
}

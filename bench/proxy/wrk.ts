/** Runs `wrk`, the load generator. */

import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Beside this file's source: the compiler copies no Lua. */
const script = fileURLToPath(new URL("../../../../bench/proxy/wrk.lua", import.meta.url));

/** A `GET` to send. */
export interface Sent {
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What one run of some seconds found. */
export interface Run {
  /** How many calls were answered. */
  readonly requests: number;
  /** Calls a second. */
  readonly rate: number;
  /** Half of the calls took at most this, in ms. */
  readonly p50: number;
  /** Of a hundred calls 99 took at most this, in ms. */
  readonly p99: number;
}

/** Whether the program is there. */
export async function hasWrk(): Promise<boolean> {
  try {
    await run("wrk", ["--version"]);
    return true;
  } catch (error) {
    // It has a status of its own for that question.
    return (error as { code?: unknown }).code === 1;
  }
}

/** Writes requests where {@link wrk} reads them. */
export async function writeRequests(file: string, requests: readonly Sent[]): Promise<void> {
  const lines = requests.map(({ path, headers }) =>
    [path, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join("\t"),
  );
  await writeFile(file, `${lines.join("\n")}\n`);
}

/**
 * Sends the requests of a file in turn, over and over, each connection waiting for its answer.
 *
 * @throws Error when a call failed or was answered with a status of 400 or more
 */
export async function wrk(origin: string, file: string, connections: number, seconds: number): Promise<Run> {
  const settings = ["--threads", "1", "--connections", String(connections), "--duration", `${seconds}s`];
  const { stdout } = await run("wrk", [...settings, "--script", script, origin, file]);
  const { requests, duration, p50, p99, failed } = JSON.parse(
    stdout.trim().split("\n").at(-1) ?? "",
  ) as Record<"requests" | "duration" | "p50" | "p99" | "failed", number>;
  if (failed > 0 || requests === 0) throw new Error(`${origin}: ${failed} of ${requests} calls failed`);
  return { requests, rate: (requests * 1e6) / duration, p50: p50 / 1000, p99: p99 / 1000 };
}

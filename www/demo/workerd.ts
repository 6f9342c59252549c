/** Runs the workerd binary of the npm package of that name, and ends it by its process id. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import { watch } from "./child.js";
import { isExperimental, renderConfig, type WorkerdConfig } from "./workerd-config.js";

/** A running workerd. */
export interface RunningWorkerd {
  pid: number;
  /** The port that each socket of the configuration listens on, by the socket's name. */
  ports: Record<string, number>;
  /** What the workers logged and what workerd complained about, so far (the last 64 KiB). */
  output(): string;
  /** Ends the process and resolves once it has ended; more calls are harmless. */
  stop(): Promise<void>;
  /** Ends the process at once (SIGKILL), and resolves once it has ended; more calls are harmless. */
  kill(): Promise<void>;
}

/** Options of {@link startWorkerd}. */
export interface StartOptions {
  /** Where the generated configuration and the modules are written; made when absent. */
  directory: string;
  /** How long to wait for every socket to listen, in ms. */
  timeout?: number;
  /** Called with each line that the process writes. */
  onLine?: (line: string) => void;
}

const OUTPUT_KEPT = 64 * 1024;

/**
 * Starts workerd and resolves once all its sockets listen.
 *
 * @throws Error when it ends or `timeout` passes before that; the message holds what it wrote.
 */
export async function startWorkerd(config: WorkerdConfig, options: StartOptions): Promise<RunningWorkerd> {
  const configPath = await writeConfig(config, options.directory);
  // The descriptor after stderr is the control channel: one JSON line for each socket that listens.
  const flags = ["--control-fd=3", ...(isExperimental(config) ? ["--experimental"] : [])];
  const child = spawn(binaryPath(), ["serve", ...flags, configPath, "config"], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const output = collectOutput(child, options.onLine);
  const { ended, stop, kill } = watch(child);
  try {
    const ports = await listening(child, config, ended, options.timeout ?? 20_000);
    return { pid: child.pid as number, ports, output, stop, kill };
  } catch (cause) {
    await stop();
    throw new Error(`workerd did not start: ${output() || String(cause)}`, { cause });
  }
}

async function writeConfig(config: WorkerdConfig, directory: string): Promise<string> {
  const { text, files } = renderConfig(config);
  await mkdir(directory, { recursive: true });
  const configPath = join(directory, "config.capnp");
  await writeFile(configPath, text);
  for (const { path, content } of files) await writeFile(join(directory, path), content);
  return configPath;
}

/** The native binary itself and not the launcher script, so that the process id is the server's. */
function binaryPath(): string {
  const workerd = createRequire(import.meta.url)("workerd") as { default: string };
  return workerd.default;
}

function collectOutput(child: ChildProcess, onLine: ((line: string) => void) | undefined): () => string {
  let kept = "";
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      kept = `${kept}${line}\n`.slice(-OUTPUT_KEPT);
      onLine?.(line);
    });
  }
  return () => kept;
}

async function listening(
  child: ChildProcess,
  config: WorkerdConfig,
  ended: Promise<void>,
  timeout: number,
): Promise<Record<string, number>> {
  const ports: Record<string, number> = {};
  const control = createInterface({ input: child.stdio[3] as Readable });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeout} ms`)), timeout);
      child.once("error", reject);
      void ended.then(() => reject(new Error(`it ended with status ${child.exitCode}`)));
      control.on("line", (line) => {
        const message = JSON.parse(line) as { event: string; socket: string; port: number };
        if (message.event === "listen") ports[message.socket] = message.port;
        if (config.sockets.every(({ name }) => name in ports)) resolve();
      });
    });
  } finally {
    clearTimeout(timer);
  }
  return ports;
}

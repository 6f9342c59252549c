/** Runs an example as its first line says, and speaks to it as a browser does. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { watch } from "../../www/demo/child.js";
import { findPort } from "../../www/demo/loopback.js";
import { type CloudServer, serveCloud } from "../support/cloud-server.js";

/** The repository's folder. */
export const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** A program with its arguments, in a folder of the repository. */
export interface ExampleCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder?: string;
}

/** An example that listens. */
export interface RunningExample {
  readonly origin: string;
  readonly cloud: CloudServer;
  /** What it has written. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts an example beside a local cloud of its own.
 *
 * @param command is given the port, for programs that take it as an argument
 */
export async function startExample(
  command: (port: number) => ExampleCommand,
  listening: RegExp,
): Promise<RunningExample> {
  const { port } = await findPort(0, "--port");
  const origin = `http://127.0.0.1:${port}`;
  const cloud = await serveCloud({ seed: { callbackOrigin: origin } });
  const { program, args, folder = "" } = command(port);
  const child = spawn(program, args, {
    cwd: `${root}${folder}`,
    env: { ...process.env, ORIGIN: origin, CLOUD: cloud.origin, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const { ended, stop } = watch(child);
  const listens = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        output += `${line}\n`;
        if (listening.test(line)) resolve();
      });
    }
  });
  const failed = Promise.race([
    ended.then(() => "it ended"),
    once(AbortSignal.timeout(60_000), "abort").then(() => "it does not listen"),
  ]).then((reason) => Promise.reject(new Error(`${program} ${args.join(" ")}: ${reason}\n${output}`)));
  const running = {
    origin,
    cloud,
    output: () => output,
    async stop() {
      await stop();
      await cloud.close();
    },
  };
  try {
    await Promise.race([listens, failed]);
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  } finally {
    failed.catch(() => undefined);
  }
}

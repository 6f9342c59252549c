/** A real Redis server for one test, on a free port of 127.0.0.1. Nothing that it holds reaches the disk. */

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { type Watched, watch } from "../../www/demo/child.js";
import { findPort } from "../../www/demo/loopback.js";
import { findProgram } from "./program.js";

/** A running server. */
export interface RedisServer {
  readonly port: number;
  /** Such as `redis://127.0.0.1:6379`. */
  readonly url: string;
  /** Ends it, by its process id, with all that it holds. */
  stop(): Promise<void>;
  /** Starts it anew on the same port, empty. */
  start(): Promise<void>;
  /** Lets it accept connections and answer nothing, until it is resumed. */
  pause(): void;
  resume(): void;
}

/** How often another port is tried when the free one was taken in the meantime. */
const ATTEMPTS = 5;

/** Starts one. @param settings of the server's own, such as `{ "enable-debug-command": "yes" }` */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
  for (let attempt = 1; ; attempt += 1) {
    const { port } = await findPort(0, "port");
    try {
      return serverOf(port, settings, await launch(port, settings));
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

interface Running extends Watched {
  readonly child: ChildProcess;
}

function serverOf(port: number, settings: Readonly<Record<string, string>>, running: Running): RedisServer {
  let server = running;
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    stop() {
      // A stopped process hears no other signal.
      server.child.kill("SIGCONT");
      return server.stop();
    },
    async start() {
      server = await launch(port, settings);
    },
    pause: () => void server.child.kill("SIGSTOP"),
    resume: () => void server.child.kill("SIGCONT"),
  };
}

/** Starts a server and waits until it accepts connections. */
async function launch(port: number, settings: Readonly<Record<string, string>>): Promise<Running> {
  const all = { port: String(port), bind: "127.0.0.1", save: "", appendonly: "no", ...settings };
  const options = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  // The server and the checker of its files are one program, which goes by its name; Debian's `redis-tools` has it
  // under the checker's alone.
  const child = spawn(program(), options, { argv0: "redis-server", stdio: ["ignore", "pipe", "inherit"] });
  const watched = watch(child);
  let output = "";
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      output += `${line}\n`;
      if (line.includes("Ready to accept connections")) resolve();
    });
  });
  await Promise.race([
    ready,
    watched.ended.then(() => Promise.reject(new Error(`the Redis server did not start: ${output}`))),
  ]);
  return { child, ...watched };
}

/** The program that `TUYA_TEST_REDIS` names, else one on the search path. */
function program(): string {
  const { TUYA_TEST_REDIS } = process.env;
  const found = TUYA_TEST_REDIS ?? findProgram(["redis-server", "redis-check-rdb"]);
  if (found === undefined) throw new Error("there is no Redis server: install Debian's redis-tools");
  return found;
}

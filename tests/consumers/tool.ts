/** Runs the programs that a project has installed, in its folder, without letting them call home. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import { findPort } from "../../www/demo/loopback.js";

/** Where a tool runs, and by what. */
export interface Surroundings {
  readonly folder: string;
  /** The path of Node; the one that runs this unless given. */
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A tool that serves. */
export interface ServingTool {
  /** Such as `http://127.0.0.1:5173`. */
  readonly origin: string;
  /** What it has written. */
  output(): string;
  stop(): Promise<void>;
}

/** How long a tool may take until it is done or listens, in ms. */
const PATIENCE = 240_000;

/** How long a tool that was asked to end may take, in ms, before it is made to. */
const GRACE = 2_000;

/** @returns what it printed @throws Error with all that it wrote, when it fails */
export async function runTool(command: readonly string[], surroundings: Surroundings): Promise<string> {
  const [program, args] = commandLine(command, surroundings);
  const { folder: cwd } = surroundings;
  const running = promisify(execFile)(program, args, {
    cwd,
    env: environment(surroundings),
    timeout: PATIENCE,
    maxBuffer: 2 ** 24,
  });
  try {
    return (await running).stdout;
  } catch (cause) {
    const { stdout = "", stderr = "" } = cause as { stdout?: string; stderr?: string };
    throw new Error(`${command.join(" ")}\n${stdout}\n${stderr}`, { cause });
  }
}

/**
 * Starts a tool that serves on a free port of 127.0.0.1.
 *
 * @param command where `{port}` stands for the port
 * @param ready what it prints once it listens
 */
export async function serveTool(
  command: readonly string[],
  ready: RegExp,
  surroundings: Surroundings,
): Promise<ServingTool> {
  const { port } = await findPort(0, "--port");
  const [program, args] = commandLine(
    command.map((word) => word.replace("{port}", String(port))),
    surroundings,
  );
  // A group of its own: such tools start others, which must end with them.
  const child = spawn(program, args, {
    cwd: surroundings.folder,
    env: environment(surroundings),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = once(child, "exit").catch(() => undefined);
  const killWithParent = () => signal(child, "SIGKILL");
  process.once("exit", killWithParent);
  const stop = async () => {
    signal(child, "SIGTERM");
    const timer = setTimeout(() => signal(child, "SIGKILL"), GRACE);
    await ended;
    clearTimeout(timer);
    signal(child, "SIGKILL");
    process.off("exit", killWithParent);
  };

  let output = "";
  const listens = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        output += `${line}\n`;
        if (ready.test(line)) resolve();
      });
    }
    void ended.then(() => reject(new Error("it ended")));
    setTimeout(() => reject(new Error("it does not listen")), PATIENCE).unref();
  });
  try {
    await listens;
  } catch (cause) {
    await stop();
    throw new Error(`${command.join(" ")}: ${String(cause)}\n${output}`, { cause });
  }
  return { origin: `http://127.0.0.1:${port}`, output: () => output, stop };
}

/** npm, Node, or a program of the project's own packages by Node. */
function commandLine(
  [name = "", ...args]: readonly string[],
  { folder, node = process.execPath }: Surroundings,
): [string, string[]] {
  if (name === "npm") return [name, args];
  if (name === "node") return [node, args];
  return [node, [join(folder, "node_modules/.bin", name), ...args]];
}

function environment({ folder, env }: Surroundings): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CI: "true",
    NO_COLOR: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    WRANGLER_SEND_METRICS: "false",
    // Else the local workerd asks Cloudflare where it is.
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    // Where wrangler keeps its logs.
    XDG_CONFIG_HOME: join(folder, ".config"),
    ...env,
  };
}

/** Sends a signal to the tool and to all that it has started. */
function signal({ pid }: ChildProcess, name: "SIGTERM" | "SIGKILL"): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    // Nobody is left of the group.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

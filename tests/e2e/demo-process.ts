/** Runs the demo's program as `cargo xtask demo` does, and reads what it prints. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../www/demo/main.js", import.meta.url));

/** One line of `--json`. */
export interface StepLine {
  step: string;
  ok: boolean;
  ms: number;
  code?: string;
  message?: string;
  uid?: string;
  url?: string;
  pid?: number;
  callback?: string;
}

/** A demo that runs. */
export interface DemoProcess {
  child: ChildProcess;
  /** The lines of standard output so far. */
  lines: string[];
  /** Standard error so far. */
  errors(): string;
  /** The exit status, once it has ended. */
  ended: Promise<number | null>;
}

/**
 * Starts the demo with any free ports.
 *
 * @param environment beside this process's own, whose `TUYA_` variables are left out
 * @param onLine called with each line of standard output
 */
export function startDemo(
  args: readonly string[],
  environment: Record<string, string> = {},
  onLine: (line: string, demo: DemoProcess) => void = () => {},
): DemoProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TUYA_"));
  const child = spawn(process.execPath, [program, "--cloud-port=0", "--worker-port=0", ...args], {
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  // "close" and not "exit": then everything that was written has been read as well.
  const ended = once(child, "close").then(([status]) => status as number | null);
  const demo: DemoProcess = { child, lines: [], errors: () => errors, ended };
  createInterface({ input: child.stdout }).on("line", (line) => {
    demo.lines.push(line);
    onLine(line, demo);
  });
  return demo;
}

/** The lines of a demo that was started with `--json`. */
export function steps(demo: DemoProcess): StepLine[] {
  return demo.lines.map((line) => JSON.parse(line) as StepLine);
}

/** Whether a process of that id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A demo that has linked its account and serves. */
export interface ServedDemo {
  /** The worker's origin. */
  origin: string;
  /** The local cloud's origin. */
  cloud: string;
  /** Ends the local cloud alone. */
  stopCloud(): void;
  stop(): Promise<void>;
}

/** Starts the demo and resolves once it serves. */
export async function serveDemo(): Promise<ServedDemo> {
  const demo = await new Promise<DemoProcess>((resolve, reject) => {
    const started = startDemo(["--json"], {}, (line, running) => {
      if ((JSON.parse(line) as StepLine).step === "done") resolve(running);
    });
    void started.ended.then(() => reject(new Error(`${started.lines.join("\n")}\n${started.errors()}`)));
  });
  const lineOf = (name: string) => steps(demo).find(({ step }) => step === name);
  const urlOf = (name: string) => lineOf(name)?.url ?? "";
  const stopCloud = () => {
    const pid = lineOf("cloud")?.pid;
    if (pid !== undefined) process.kill(pid, "SIGTERM");
  };
  const stop = async () => {
    demo.child.kill("SIGTERM");
    await demo.ended;
  };
  return { origin: urlOf("worker"), cloud: urlOf("cloud"), stopCloud, stop };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { RequestRecord } from "tuya-auth/emulator";

/** A run of the package's command line. */
export interface Run {
  readonly child: ChildProcess;
  /** The lines of its standard output, as they come. */
  readonly lines: AsyncIterator<string>;
  /** What it wrote to its standard error so far. */
  errors(): string;
  /** Its exit status, once it has ended. */
  readonly status: Promise<number | null>;
}

/** The package's command line. */
export const program = join(
  dirname(createRequire(import.meta.url).resolve("tuya-auth/package.json")),
  "bin/tuya-auth.js",
);

/** Starts `tuya-auth` with these arguments. */
export function runCommand(...args: string[]): Run {
  return runCommandBy({}, ...args);
}

/** By what a command runs, and what its environment has besides. */
export interface Circumstances {
  /** The path of Node; the one that runs this unless given. */
  readonly node?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** Leaves the child's standard input open, to be written to. */
  readonly input?: boolean;
}

/** Starts `tuya-auth` with these arguments by that Node. */
export function runCommandBy(
  { node = process.execPath, env, input = false }: Circumstances,
  ...args: string[]
): Run {
  const child = spawn(node, [program, ...args], { env: { ...process.env, ...env } });
  if (!input) child.stdin.end();
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return {
    child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    errors: () => errors,
    status: once(child, "close").then(([status]) => status as number | null),
  };
}

/** A cloud that serves in a process of its own. */
export interface EmulatorProcess {
  /** Such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  readonly child: ChildProcess;
  /** The lines of its standard output after the first. */
  readonly lines: AsyncIterator<string>;
  /** Calls test control. */
  control(action: "requests"): Promise<{ requests: RequestRecord[] }>;
  control(action: "advance" | "expire-tokens" | "fail", body: object): Promise<unknown>;
  /** Ends it. @returns its exit status */
  stop(): Promise<number | null>;
}

/** Starts `tuya-auth emulator` on a free port. */
export function startEmulator(...args: string[]): Promise<EmulatorProcess> {
  return startEmulatorBy({}, ...args);
}

/** Starts `tuya-auth emulator` on a free port by that Node. */
export async function startEmulatorBy(by: Circumstances, ...args: string[]): Promise<EmulatorProcess> {
  const run = runCommandBy(by, "emulator", "--port", "0", "--quiet", ...args);
  const { child, lines, errors, status } = run;
  const { value } = await lines.next();
  const origin = /^listening on (http:\/\/\S+:\d+)$/.exec(String(value))?.[1];
  if (origin === undefined) {
    child.kill();
    throw new Error(`the emulator did not start: ${value} ${errors()}`);
  }
  return {
    origin,
    child,
    lines,
    async control(action: string, body?: object) {
      const change = body && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      };
      const response = await fetch(`${origin}/control/${action}`, change);
      if (!response.ok) throw new Error(`/control/${action} answered ${response.status}`);
      return response.json();
    },
    stop() {
      child.kill("SIGTERM");
      return status;
    },
  };
}

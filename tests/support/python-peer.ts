import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { missing } from "./program.js";

const { TUYA_TEST_PYTHON } = process.env;

/** The Python that has the clients; `cargo xtask test` makes it. */
const python = TUYA_TEST_PYTHON ?? "target/python/bin/python";

/** Why tests with clients in Python must be skipped; `false` when they can run, and where they must. */
export const noPython =
  TUYA_TEST_PYTHON === undefined && missing(python, "-c", "import tinytuya, tuya_connector, tuya_iot");

/** A client in Python, in a process of its own. What it raises rejects with its type and message. */
export interface PythonPeer {
  /** Makes the client anew. */
  make(options: object): Promise<void>;
  /** Calls one of its methods; dots reach into attributes. */
  call<T = unknown>(name: string, ...args: unknown[]): Promise<T>;
  /** Reads one of its attributes. */
  get<T = unknown>(name: string): Promise<T>;
  /** Sets one of its attributes. */
  set(name: string, value: unknown): Promise<void>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Starts a script of `tests/peers`. It finds no proxy and no setting in its environment. */
export function startPython(script: string, ...args: string[]): PythonPeer {
  const { PATH } = process.env;
  const child = spawn(python, ["-B", `tests/peers/${script}`, ...args], {
    env: { PATH },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "close");
  async function order(what: object): Promise<unknown> {
    child.stdin.write(`${JSON.stringify(what)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${script} has ended`);
    const answer: { value?: unknown; error?: string } = JSON.parse(value);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  }
  return {
    make: async (options) => void (await order({ make: options })),
    call: <T>(name: string, ...given: unknown[]) => order({ call: name, args: given }) as Promise<T>,
    get: <T>(name: string) => order({ get: name }) as Promise<T>,
    set: async (name, value) => void (await order({ set: name, value })),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

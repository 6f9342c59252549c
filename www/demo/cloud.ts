/** The local cloud as its users run it: the package's command `tuya-auth emulator`, in a process of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { watch } from "./child.js";
import { DemoFailure } from "./failure.js";
import { commandLineProgram } from "./paths.js";

/** A request that the cloud has seen. Tokens and codes are masked in `target`. */
export interface SeenRequest {
  method: string;
  target: string;
  status: number;
  /** `"ok"`, or why the signature was refused. */
  verdict: string;
}

/** A running local cloud. */
export interface RunningCloud {
  pid: number;
  /** Such as `http://127.0.0.1:8787`. */
  origin: string;
  /** The requests it has seen, oldest first. */
  requests(): Promise<SeenRequest[]>;
  /** Ends the life of every access token at once. */
  expireTokens(): Promise<void>;
  /** Ends the process and resolves once it has ended; more calls are harmless. */
  stop(): Promise<void>;
}

/** How long the program may take to listen, in ms. */
const startLimit = 20_000;
const listeningLine = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/;

/**
 * Starts the local cloud and resolves once it listens.
 *
 * @param port 0 means any
 * @param callbackOrigin the origin of the callback URLs that the demo project has registered
 * @throws DemoFailure `cloud_not_started`; the message holds what the program wrote
 */
export async function startCloud(port: number, callbackOrigin: string): Promise<RunningCloud> {
  const child = spawn(
    process.execPath,
    [
      commandLineProgram(),
      "emulator",
      "--port",
      String(port),
      "--callback-origin",
      callbackOrigin,
      "--quiet",
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const { ended, stop } = watch(child);
  try {
    const origin = await listening(child, ended);
    return { pid: child.pid as number, origin, stop, ...control(origin) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The origin in the line that the program writes once it listens. */
async function listening(child: ChildProcess, ended: Promise<void>): Promise<string> {
  const written: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`It did not listen within ${startLimit} ms.`)), startLimit);
      void ended.then(() => reject(new Error("It ended at once.")));
      for (const stream of [child.stdout, child.stderr]) {
        if (stream === null) continue;
        createInterface({ input: stream }).on("line", (line) => {
          written.push(line);
          const origin = listeningLine.exec(line)?.[1];
          if (origin !== undefined) resolve(origin);
        });
      }
    });
  } catch (cause) {
    const message = ["The local cloud did not start.", (cause as Error).message, ...written].join(" ");
    throw new DemoFailure("cloud_not_started", message, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** The cloud's test control. */
function control(origin: string): Pick<RunningCloud, "requests" | "expireTokens"> {
  const call = async (method: "GET" | "POST", path: string): Promise<unknown> => {
    // A change must be JSON: the cloud takes none from a form of another site.
    const body = method === "POST" ? { headers: { "Content-Type": "application/json" }, body: "{}" } : {};
    const response = await fetch(`${origin}/control/${path}`, { method, ...body }).catch((cause: unknown) => {
      throw new DemoFailure("network_error", "The local cloud does not answer.", { cause });
    });
    if (!response.ok) {
      throw new DemoFailure("unexpected_answer", `/control/${path} answered with status ${response.status}.`);
    }
    return response.json();
  };
  return {
    requests: async () => ((await call("GET", "requests")) as { requests: SeenRequest[] }).requests,
    expireTokens: async () => void (await call("POST", "expire-tokens")),
  };
}

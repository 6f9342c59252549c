/** The worker of `www/worker` on workerd: what `wrangler.jsonc` says, run without wrangler. */

import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { DemoFailure } from "./failure.js";
import type { FreePort } from "./loopback.js";
import { workerModules, wranglerFile } from "./paths.js";
import { startWorkerd } from "./workerd.js";
import type { WorkerdBinding, WorkerdConfig, WorkerdModule } from "./workerd-config.js";
import { readWranglerFile, type WorkerSecrets, type WorkerVars, type WranglerFile } from "./wrangler.js";

/** Options of {@link startWorker}. */
export interface WorkerOptions {
  /** Where to listen. */
  listen: FreePort;
  vars: WorkerVars;
  secrets: WorkerSecrets;
  /** What the worker's `fetch` may reach: this machine alone, or the internet alone. */
  network: "local" | "public";
  /** Where it stores; kept. Without it a new folder, which `stop` deletes. */
  directory?: string;
}

/** A running worker. */
export interface RunningWorker {
  pid: number;
  /** Where this machine reaches it: `http://localhost:PORT`. */
  address: string;
  /** What it logged, for a failure's message. */
  output(): string;
  /** Ends the process and deletes what it stored, unless the options said where. */
  stop(): Promise<void>;
  /** Ends the process at once (SIGKILL); what it stored stays. */
  kill(): Promise<void>;
}

/**
 * Starts the worker with its page; its storage is empty unless a directory is given that was one's before.
 *
 * @throws DemoFailure `worker_not_started`; the message holds what workerd wrote
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), "tuya-auth-worker-")));
  const remove = async () => {
    if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
  };
  try {
    const running = await startWorkerd(await configuration(options, directory), { directory });
    return {
      pid: running.pid,
      address: `http://localhost:${options.listen.port}`,
      output: running.output,
      stop: () => running.stop().then(remove),
      kill: running.kill,
    };
  } catch (cause) {
    await remove();
    throw new DemoFailure("worker_not_started", cause instanceof Error ? cause.message : String(cause), {
      cause,
    });
  }
}

async function configuration(options: WorkerOptions, directory: string): Promise<WorkerdConfig> {
  const wrangler = await readWranglerFile();
  const storage = join(directory, "storage");
  await mkdir(storage, { recursive: true });
  return {
    services: [
      {
        name: wrangler.name,
        worker: {
          modules: await readModules(),
          compatibilityDate: wrangler.compatibility_date,
          bindings: bindings(wrangler, options),
          durableObjects: {
            classes: wrangler.durable_objects.bindings.map(({ class_name }) => ({
              className: class_name,
              uniqueKey: `${wrangler.name}-${class_name}`,
            })),
            disk: "storage",
          },
          globalOutbound: "outside",
        },
      },
      {
        name: "assets",
        assets: {
          path: resolve(dirname(wranglerFile), wrangler.assets.directory),
          userWorker: wrangler.name,
        },
      },
      { name: "storage", disk: { path: storage, writable: true } },
      { name: "outside", network: { allow: [options.network] } },
    ],
    sockets: options.listen.hosts.map((host) => ({
      name: host,
      address: `${host}:${options.listen.port}`,
      service: wrangler.name,
    })),
  };
}

function bindings(wrangler: WranglerFile, { vars, secrets }: WorkerOptions): WorkerdBinding[] {
  return [
    { name: wrangler.assets.binding, assets: "assets" },
    ...wrangler.durable_objects.bindings.map(({ name, class_name }) => ({
      name,
      durableObjectNamespace: class_name,
    })),
    ...Object.entries({ ...vars, ...secrets }).map(([name, value]) =>
      typeof value === "string" ? { name, text: value } : { name, json: JSON.stringify(value) },
    ),
  ];
}

/** `index.js` first, since it is the main module, then the WebAssembly that it imports by its file's name. */
async function readModules(): Promise<[WorkerdModule, ...WorkerdModule[]]> {
  const main = await readFile(join(workerModules, "index.js"));
  const modules: [WorkerdModule, ...WorkerdModule[]] = [
    { name: "index.js", kind: "esModule", content: main },
  ];
  for (const name of await readdir(workerModules)) {
    if (name.endsWith(".wasm")) {
      modules.push({ name, kind: "wasm", content: await readFile(join(workerModules, name)) });
    }
  }
  return modules;
}

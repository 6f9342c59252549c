/** A worker with nothing but its modules, on real workerd. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { startWorkerd } from "../../www/demo/workerd.js";
import type { WorkerdModule } from "../../www/demo/workerd-config.js";
import { bundleWorker } from "./bundle.js";

/** A worker that runs. */
export interface PlainWorker {
  /** Such as `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** Of the process. */
  readonly pid: number;
  /** What workerd wrote so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Bundles a worker and starts it on a free port. @param entry the URL of its compiled module */
export async function startPlainWorker(entry: URL): Promise<PlainWorker> {
  return startModules(await bundleWorker(fileURLToPath(entry)));
}

/** Starts a worker of these modules on a free port. */
export async function startModules(
  modules: readonly [WorkerdModule, ...WorkerdModule[]],
): Promise<PlainWorker> {
  const worker = { modules, compatibilityDate: "2026-11-01" };
  const sockets = [{ name: "http", address: "127.0.0.1:0", service: "main" }];
  const directory = await mkdtemp(join(tmpdir(), "tuya-auth-worker-"));
  const remove = () => rm(directory, { recursive: true });
  const starting = startWorkerd({ services: [{ name: "main", worker }], sockets }, { directory });
  const running = await starting.catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const { http } = running.ports;
  return {
    origin: `http://127.0.0.1:${http}`,
    pid: running.pid,
    output: () => running.output(),
    async stop() {
      await running.stop();
      await remove();
    },
  };
}

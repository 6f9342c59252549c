import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type RunningWorkerd, startWorkerd } from "../../www/demo/workerd.js";
import type { WorkerdBinding } from "../../www/demo/workerd-config.js";
import { bundleWorker } from "./bundle.js";
import { writeExample } from "./documents.js";

/** The worker of docs/emulator.md, whose cloud is a Durable Object with its rows on disk. */
export interface CloudWorker {
  /** Starts it; every time on the same rows. */
  start(): Promise<{ readonly origin: string; readonly running: RunningWorkerd }>;
  /** Deletes the rows. */
  remove(): Promise<void>;
}

/** @param environment the worker's variables */
export async function cloudWorker(environment: Record<string, string> = {}): Promise<CloudWorker> {
  const directory = await mkdtemp(join(tmpdir(), "tuya-auth-cloud-object-"));
  const disk = join(directory, "rows");
  await mkdir(disk);
  const entry = await writeExample(
    "docs/emulator.md",
    "tuya-auth/emulator/durable-object",
    "cloud-worker.js",
  );
  const variables = Object.entries(environment).map(([name, text]): WorkerdBinding => ({ name, text }));
  const worker = {
    modules: await bundleWorker(entry),
    compatibilityDate: "2026-11-01",
    bindings: [{ name: "CLOUD", durableObjectNamespace: "TuyaCloudObject" }, ...variables],
    durableObjects: { classes: [{ className: "TuyaCloudObject", uniqueKey: "cloud" }], disk: "rows" },
  };
  const services = [
    { name: "main", worker },
    { name: "rows", disk: { path: disk, writable: true } },
  ];
  const sockets = [{ name: "http", address: "127.0.0.1:0", service: "main" }];
  return {
    async start() {
      const running = await startWorkerd({ services, sockets }, { directory });
      const { http } = running.ports;
      return { origin: `http://127.0.0.1:${http}`, running };
    },
    remove: () => rm(directory, { recursive: true }),
  };
}

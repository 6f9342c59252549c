/** What wrangler would upload, on workerd. */

import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { startWorkerd } from "../../www/demo/workerd.js";
import type { WorkerdModule } from "../../www/demo/workerd-config.js";

/** A worker that runs. */
export interface RunningWorker {
  readonly origin: string;
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts the worker of a folder, with the Durable Object that `cloudflare/wrangler.jsonc` binds.
 *
 * @param main the name of its main module
 */
export async function startWorker(folder: string, main: string): Promise<RunningWorker> {
  const directory = join(folder, "workerd");
  const disk = join(directory, "rows");
  await mkdir(disk, { recursive: true });
  const names = (await readdir(folder)).filter((name) => name.endsWith(".wasm"));
  const modules: [WorkerdModule, ...WorkerdModule[]] = [await moduleOf(folder, main)];
  for (const name of names) modules.push(await moduleOf(folder, name));
  const worker = {
    modules,
    compatibilityDate: "2026-10-01",
    bindings: [{ name: "STORE", durableObjectNamespace: "TuyaStoreObject" }],
    durableObjects: { classes: [{ className: "TuyaStoreObject", uniqueKey: "store" }], disk: "rows" },
    globalOutbound: "outside",
  };
  const services = [
    { name: "main", worker },
    { name: "rows", disk: { path: disk, writable: true } },
    { name: "outside", network: { allow: ["local"] } },
  ];
  const sockets = [{ name: "http", address: "127.0.0.1:0", service: "main" }];
  const running = await startWorkerd({ services, sockets }, { directory });
  const { http } = running.ports;
  return {
    origin: `http://127.0.0.1:${http}`,
    output: () => running.output(),
    stop: () => running.stop(),
  };
}

async function moduleOf(folder: string, name: string): Promise<WorkerdModule> {
  const content = await readFile(join(folder, name));
  return name.endsWith(".wasm")
    ? { name, kind: "wasm", content }
    : { name, kind: "esModule", content: content.toString() };
}

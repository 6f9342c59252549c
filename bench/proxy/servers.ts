/** What the benchmark calls, each in a process of its own. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { bundleWorker } from "../../tests/support/bundle.js";
import { cloudWorker } from "../../tests/support/cloud-object.js";
import { watch } from "../../www/demo/child.js";
import { findPort } from "../../www/demo/loopback.js";
import { startWorker } from "../../www/demo/worker.js";
import { startWorkerd } from "../../www/demo/workerd.js";

/** A server that runs. */
export interface Server {
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The cloud that checks nothing. */
export async function startCloud(): Promise<Omit<Server, "pid">> {
  const cloud = spawn(process.execPath, [path("./cloud.js")], { stdio: ["ignore", "pipe", "inherit"] });
  const { stop } = watch(cloud);
  const [line] = await once(cloud.stdout, "data");
  return { origin: `http://127.0.0.1:${String(line).trim()}`, stop };
}

/** A worker without storage. @param cloud the origin that it may ask */
export async function startPlain(name: string, directory: string, cloud: string): Promise<Server> {
  const worker = {
    modules: await bundleWorker(path(`./${name}.js`)),
    compatibilityDate: "2026-11-01",
    bindings: [{ name: "CLOUD", text: cloud }],
    globalOutbound: "outside",
  };
  const services = [
    { name: "main", worker },
    { name: "outside", network: { allow: ["local"] } },
  ];
  const sockets = [{ name: "http", address: "127.0.0.1:0", service: "main" }];
  const { ports, pid, stop } = await startWorkerd(
    { services, sockets },
    { directory: join(directory, name) },
  );
  const { http } = ports;
  return { origin: `http://127.0.0.1:${http}`, pid, stop };
}

/** The local cloud in a Durable Object, its rows on disk. */
export async function startObject(): Promise<Server> {
  const { start, remove } = await cloudWorker();
  const { origin, running } = await start();
  return { origin, pid: running.pid, stop: () => running.stop().then(remove) };
}

/** How `www/worker` is set up. */
export interface SiteOptions {
  readonly directory: string;
  /** The OpenAPI that it asks. */
  readonly cloud: string;
  /** What seals its store. */
  readonly key?: string;
}

/** The worker of `www/worker`, its store in Durable Objects on disk. */
export async function startSite({ directory, cloud, key }: SiteOptions): Promise<Server> {
  const listen = await findPort(0, "--port");
  const { pid, stop } = await startWorker({
    listen,
    vars: {
      ORIGIN: `http://localhost:${listen.port}`,
      TUYA_CLIENT_ID: "client0id",
      TUYA_DATA_CENTERS: { us: { page: `${cloud}/d/login`, openapi: cloud } },
    },
    secrets: {
      TUYA_CLIENT_SECRET: "secret0000000000000000000000000x",
      ...(key !== undefined && { TUYA_ENCRYPTION_KEYS: key }),
    },
    network: "local",
    directory,
  });
  // Not `localhost`, which may be two addresses.
  return { origin: `http://127.0.0.1:${listen.port}`, pid, stop };
}

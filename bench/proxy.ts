/** The proxied call on workerd, its store in Durable Objects on disk, against the same without what makes it signed. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { bundleWorker } from "../tests/support/bundle.js";
import { ann } from "../tests/support/demo-seed.js";
import { watch } from "../www/demo/child.js";
import { findPort } from "../www/demo/loopback.js";
import { startWorkerd } from "../www/demo/workerd.js";
import { type Load, load } from "./proxy/load.js";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Measures the plain call first, then the signed one. */
export async function proxying(): Promise<Load[]> {
  const directory = await mkdtemp(join(tmpdir(), "tuya-auth-bench-"));
  const cloud = spawn(process.execPath, [path("./proxy/cloud.js")], { stdio: ["ignore", "pipe", "inherit"] });
  const { stop } = watch(cloud);
  try {
    const [line] = await once(cloud.stdout, "data");
    const running = await startBenchWorker(directory, `http://127.0.0.1:${String(line).trim()}`);
    try {
      const devices = `v1.0/users/${ann.uid}/devices`;
      const { origin } = running;
      return await load([
        { name: "the call alone", url: `${origin}/plain/${devices}`, headers: {} },
        {
          name: "with session, token and sign",
          url: `${origin}/auth/api/${devices}`,
          headers: { Cookie: await link(origin) },
        },
      ]);
    } finally {
      await running.stop();
    }
  } finally {
    await stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function startBenchWorker(directory: string, cloud: string) {
  const { port } = await findPort(0, "--port");
  const origin = `http://127.0.0.1:${port}`;
  const disk = join(directory, "rows");
  await mkdir(disk);
  const worker = {
    modules: await bundleWorker(path("./proxy/worker.js")),
    compatibilityDate: "2026-11-01",
    bindings: [
      { name: "STORE", durableObjectNamespace: "TuyaStoreObject" },
      { name: "ORIGIN", text: origin },
      { name: "CLOUD", text: cloud },
    ],
    durableObjects: { classes: [{ className: "TuyaStoreObject", uniqueKey: "bench" }], disk: "rows" },
    globalOutbound: "outside",
  };
  const services = [
    { name: "main", worker },
    { name: "rows", disk: { path: disk, writable: true } },
    { name: "outside", network: { allow: ["local"] } },
  ];
  const sockets = [{ name: "http", address: `127.0.0.1:${port}`, service: "main" }];
  const { stop } = await startWorkerd({ services, sockets }, { directory });
  return { origin, stop };
}

/** Links the cloud's one user. @returns the session's cookie */
async function link(origin: string): Promise<string> {
  const login = await fetch(`${origin}/auth/login/us`, { redirect: "manual" });
  const state = new URL(login.headers.get("Location") ?? "").searchParams.get("state") ?? "";
  const callback = await fetch(`${origin}/auth/callback/us?${new URLSearchParams({ code: "any", state })}`, {
    redirect: "manual",
    headers: { Cookie: cookieOf(login) },
  });
  return cookieOf(callback);
}

function cookieOf({ headers }: Response): string {
  return headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

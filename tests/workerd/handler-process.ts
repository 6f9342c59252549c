import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { findPort } from "../../www/demo/loopback.js";
import { startWorkerd } from "../../www/demo/workerd.js";
import { bundleWorker } from "../support/bundle.js";
import { serveCloud } from "../support/cloud-server.js";
import { appKeys } from "../support/demo-seed.js";
import type { SteppingApp } from "../support/disconnects.js";

/** Runs the handler's worker on workerd, its store in Durable Objects on disk, with a local cloud behind it. */
export async function startHandlerWorker(): Promise<SteppingApp> {
  const directory = await mkdtemp(join(tmpdir(), "tuya-auth-handler-"));
  const disk = join(directory, "rows");
  await mkdir(disk);
  const { port, hosts } = await findPort(0, "--port");
  const origin = `http://localhost:${port}`;
  const server = await serveCloud({ seed: { callbackOrigin: origin } });
  const common = { compatibilityDate: "2026-11-01", globalOutbound: "outside" };
  const front = {
    ...common,
    modules: await bundleWorker(fileURLToPath(new URL("./front-worker.js", import.meta.url))),
    bindings: [
      { name: "MAIN", service: "main" },
      { name: "CLOUD", text: server.origin },
    ],
  };
  const main = {
    ...common,
    modules: await bundleWorker(fileURLToPath(new URL("./handler-worker.js", import.meta.url))),
    bindings: [
      { name: "STORE", durableObjectNamespace: "TuyaStoreObject" },
      { name: "ORIGIN", text: origin },
      { name: "CLOUD", text: server.origin },
      { name: "CLIENT_ID", text: appKeys.clientId },
      { name: "CLIENT_SECRET", text: appKeys.secret },
    ],
    durableObjects: {
      classes: [{ className: "TuyaStoreObject", uniqueKey: "handler-test" }],
      disk: "rows",
    },
  };
  const running = await startWorkerd(
    {
      services: [
        { name: "front", worker: front },
        { name: "main", worker: main },
        { name: "rows", disk: { path: disk, writable: true } },
        { name: "outside", network: { allow: ["local"] } },
      ],
      sockets: hosts.map((host) => ({ name: host, address: `${host}:${port}`, service: "front" })),
    },
    { directory },
  );
  return {
    origin,
    server,
    output: running.output,
    watchForLeaving() {
      const [leave, left] = [server.hold(/^leave$/), server.hold(/^left$/)];
      return async () => {
        leave.release();
        await left.reached;
        left.release();
      };
    },
    async stop() {
      await running.stop();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

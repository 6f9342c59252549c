import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { memoryStore, TuyaClient } from "tuya-auth/server";

import { type RunningWorkerd, startWorkerd } from "../../www/demo/workerd.js";
import { assertOneReplacement } from "../support/assert-herd.js";
import { bundleWorker } from "../support/bundle.js";
import { isRefresh } from "../support/client-scenario.js";
import { obtainCode } from "../support/consent.js";
import { ann, appKeys } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";
import type { Report } from "../support/trace.js";

const CALLS = 1_000;

describe("two worker services that share one Durable Object class", () => {
  let directory: string;
  let cloud: EmulatorProcess;
  let running: RunningWorkerd;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "tuya-auth-herd-"));
    const disk = join(directory, "rows");
    await mkdir(disk);
    cloud = await startEmulator();
    const modules = await bundleWorker(fileURLToPath(new URL("./herd-worker.js", import.meta.url)));
    const worker = {
      modules,
      compatibilityDate: "2026-11-01",
      bindings: [{ name: "CLOUD", text: cloud.origin }],
      globalOutbound: "outside",
    };
    const className = "TuyaStoreObject";
    const owner = {
      ...worker,
      bindings: [...worker.bindings, { name: "STORE", durableObjectNamespace: className }],
      durableObjects: { classes: [{ className, uniqueKey: "herd-test" }], disk: "rows" },
    };
    const shared = { className, serviceName: "one" };
    const guest = {
      ...worker,
      bindings: [...worker.bindings, { name: "STORE", durableObjectNamespace: shared }],
    };
    running = await startWorkerd(
      {
        services: [
          { name: "one", worker: owner },
          { name: "other", worker: guest },
          { name: "rows", disk: { path: disk, writable: true } },
          { name: "outside", network: { allow: ["local"] } },
        ],
        sockets: ["one", "other"].map((service) => ({ name: service, address: "127.0.0.1:0", service })),
      },
      { directory },
    );
  });
  after(async () => {
    await running.stop();
    await cloud.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const ask = async (service: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${running.ports[service]}/`, init);
    assert.equal(response.status, 200, running.output());
    return (await response.json()) as Report;
  };

  it(`refresh once for ${CALLS} calls whose token has expired`, async () => {
    const client = new TuyaClient({
      ...appKeys,
      dataCenter: { code: "us", openapi: `${cloud.origin}/us` },
      store: memoryStore(),
    });
    const login = { fetch, origin: cloud.origin, dataCenter: "us", account: ann } as const;
    const tokens = await client.exchangeCode(await obtainCode(login));
    await ask("one", { method: "PUT", body: JSON.stringify(tokens) });
    await cloud.control("expire-tokens", {});

    const service = (index: number) => (index % 2 === 0 ? "one" : "other");
    const reports = await Promise.all(Array.from({ length: CALLS }, (_, index) => ask(service(index))));
    // One more each, which surely begin after all is over.
    for (const index of [0, 1]) reports.push(await ask(service(index)));

    const { requests } = await cloud.control("requests");
    const refreshes = requests.filter(({ target }) => isRefresh(target)).map(({ verdict }) => verdict);
    assert.deepEqual(refreshes, ["ok"]);
    assertOneReplacement(reports, tokens.accessToken, CALLS);
  });
});

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { buildTokenRequest, Signer } from "tuya-auth/server";
import { type RunningWorkerd, startWorkerd } from "../../www/demo/workerd.js";
import { expected } from "../runtimes/emulator-checks.js";
import { bundleWorker } from "../support/bundle.js";
import { obtainCode } from "../support/consent.js";
import { ann, appKeys } from "../support/demo-seed.js";

describe("the emulator on workerd", () => {
  let directory: string;
  let workerd: RunningWorkerd;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "tuya-auth-emulator-"));
    const worker = {
      modules: await bundleWorker(fileURLToPath(new URL("./emulator-worker.js", import.meta.url))),
      compatibilityDate: "2026-11-01",
    };
    const sockets = [{ name: "http", address: "127.0.0.1:0", service: "main" }];
    workerd = await startWorkerd({ services: [{ name: "main", worker }], sockets }, { directory });
  });
  after(async () => {
    await workerd?.stop();
    await rm(directory, { recursive: true });
  });

  it("links an account in process, as other runtimes do", async () => {
    const { http } = workerd.ports;
    const response = await fetch(`http://127.0.0.1:${http}/checks`);
    assert.deepEqual(await response.json(), expected, workerd.output());
  });

  it("links an account, and lets one of many requests at the same time have the code", async () => {
    const { http } = workerd.ports;
    const origin = `http://127.0.0.1:${http}`;
    const code = await obtainCode({ fetch, origin, dataCenter: "us", account: ann });
    const signer = new Signer(appKeys);
    const exchange = async () => {
      const { url } = buildTokenRequest({ grant: "code", code });
      const response = await fetch(`${origin}/us${url}`, { headers: signer.sign({ url }) });
      return (await response.json()) as { success: boolean; code?: number };
    };
    const answers = await Promise.all(Array.from({ length: 20 }, exchange));
    assert.deepEqual(answers.map(({ success, code }) => (success ? "ok" : code)).sort(), [
      ...Array.from({ length: 19 }, () => 1107),
      "ok",
    ]);
  });
});

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Signer } from "tuya-auth/server";

import { type RunningWorkerd, startWorkerd } from "../../www/demo/workerd.js";
import { bundleWorker } from "../support/bundle.js";
import { keys } from "../support/command.js";

describe("tuya-auth/debug on workerd", () => {
  let directory: string;
  let workerd: RunningWorkerd;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "tuya-auth-debug-"));
    const worker = {
      modules: await bundleWorker(fileURLToPath(new URL("./debug-worker.js", import.meta.url))),
      compatibilityDate: "2026-11-01",
    };
    const sockets = [{ name: "http", address: "127.0.0.1:0", service: "main" }];
    workerd = await startWorkerd({ services: [{ name: "main", worker }], sockets }, { directory });
  });
  after(async () => {
    await workerd?.stop();
    await rm(directory, { recursive: true });
  });

  it("explains and diagnoses the request that it is sent", async () => {
    const right = { method: "POST", url: "/v1.0/a?b=1&a=2", body: '{"a":1}' };
    const headers = new Signer(keys).sign({ ...right, body: '{"a": 1}' });
    const { http } = workerd.ports;
    const response = await fetch(`http://127.0.0.1:${http}${right.url}`, { ...right, headers });
    const { sign } = new Signer(keys).sign({ ...right, t: headers.t, nonce: headers.nonce });
    assert.deepEqual(await response.json(), { mistakes: [["body_reserialized"]], sign });
  });
});

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Signer } from "tuya-auth/server";

import { keys } from "../support/command.js";
import { type PlainWorker, startPlainWorker } from "../support/plain-worker.js";

describe("tuya-auth/debug on workerd", () => {
  let worker: PlainWorker;
  before(async () => {
    worker = await startPlainWorker(new URL("./debug-worker.js", import.meta.url));
  });
  after(() => worker?.stop());

  it("explains and diagnoses the request that it is sent", async () => {
    const right = { method: "POST", url: "/v1.0/a?b=1&a=2", body: '{"a":1}' };
    const headers = new Signer(keys).sign({ ...right, body: '{"a": 1}' });
    const response = await fetch(`${worker.origin}${right.url}`, { ...right, headers });
    const { sign } = new Signer(keys).sign({ ...right, t: headers.t, nonce: headers.nonce });
    assert.deepEqual(await response.json(), { mistakes: [["body_reserialized"]], sign });
  });
});

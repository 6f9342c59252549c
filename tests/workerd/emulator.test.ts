import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { buildTokenRequest, Signer } from "tuya-auth/server";
import { obtainCode } from "../support/consent.js";
import { ann, appKeys } from "../support/demo-seed.js";
import { type PlainWorker, startPlainWorker } from "../support/plain-worker.js";

describe("the emulator on workerd", () => {
  let worker: PlainWorker;
  before(async () => {
    worker = await startPlainWorker(new URL("./emulator-worker.js", import.meta.url));
  });
  after(() => worker?.stop());

  it("links an account, and lets one of many requests at the same time have the code", async () => {
    const { origin } = worker;
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

/** Each way in which a link can go wrong fails the step that it belongs to, by its code. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { type LocalOptions, linkLocally, type Running, stopAll } from "../../www/demo/local.js";
import { StepFailed, type StepReport } from "../../www/demo/step.js";

/** Runs the demo's steps in this process. @returns the report of the step that failed */
async function failingStep(change: Partial<LocalOptions>): Promise<[step: string, code: string]> {
  const reports: StepReport[] = [];
  const running: Running = {};
  const options: LocalOptions = {
    cloudPort: 0,
    workerPort: 0,
    report: (report) => void reports.push(report),
    ...change,
  };
  try {
    await assert.rejects(linkLocally(options, running), StepFailed);
  } finally {
    await stopAll(running);
  }
  const last = reports.at(-1);
  assert.ok(last !== undefined && !last.ok, "no step was reported to fail");
  assert.ok(reports.slice(0, -1).every(({ ok }) => ok));
  return [last.step, last.code];
}

describe("a step that does not hold", () => {
  it("exchange: the secret is another one", async () => {
    const secret = "another0secret00000000000000001x";
    assert.deepEqual(await failingStep({ secret }), ["exchange", "sign_invalid"]);
  });

  it("consent: the cloud ends after the login", async () => {
    const failure = await failingStep({
      before: async (step, { cloud }) => {
        if (step === "consent") await cloud?.stop();
      },
    });
    assert.deepEqual(failure, ["consent", "network_error"]);
  });

  it("exchange: the cloud ends before the callback", async () => {
    const failure = await failingStep({
      before: async (step, { cloud }) => {
        if (step === "callback") await cloud?.stop();
      },
    });
    assert.deepEqual(failure, ["exchange", "network_error"]);
  });

  it("callback: the worker ends before it", async () => {
    const failure = await failingStep({
      before: async (step, { worker }) => {
        if (step === "callback") await worker?.stop();
      },
    });
    assert.deepEqual(failure, ["callback", "network_error"]);
  });

  it("callback: the state is another one", async () => {
    const failure = await failingStep({
      tamper: (callback) => {
        const state = callback.searchParams.get("state") ?? "";
        const first = state.startsWith("A") ? "B" : "A";
        callback.searchParams.set("state", first + state.slice(1));
      },
    });
    assert.deepEqual(failure, ["callback", "state_mismatch"]);
  });

  it("callback: the state is missing", async () => {
    const failure = await failingStep({ tamper: (callback) => callback.searchParams.delete("state") });
    assert.deepEqual(failure, ["callback", "state_missing"]);
  });

  it("callback: a parameter is repeated", async () => {
    const failure = await failingStep({
      tamper: (callback) => callback.searchParams.append("code", "again"),
    });
    assert.deepEqual(failure, ["callback", "callback_malformed"]);
  });

  it("callback: the person refuses", async () => {
    assert.deepEqual(await failingStep({ decision: "refuse" }), ["callback", "access_denied"]);
  });

  it("exchange: the code is another one", async () => {
    const failure = await failingStep({
      tamper: (callback) => callback.searchParams.set("code", "0".repeat(32)),
    });
    assert.deepEqual(failure, ["exchange", "code_invalid"]);
  });

  it("login: the callback is not registered", async () => {
    const failure = await failingStep({ callbackOrigin: "https://elsewhere.example" });
    assert.deepEqual(failure, ["login", "unexpected_answer"]);
  });
});

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "node:test";

import type { Fetch } from "tuya-auth/server";

import { devices, Scenario } from "../support/client-scenario.js";
import { ann, cloudKeys } from "../support/demo-seed.js";
import { joiningSignals } from "../support/joining-signals.js";

/** The calls that carried a token. */
async function businessCalls(scenario: Scenario): Promise<string[]> {
  return (await scenario.calls()).filter((call) => !call.includes("/token"));
}

describe("TuyaClient: failures that may pass", () => {
  it("repeats a GET after a busy cloud, a late answer, a cut one and a damaged one", async () => {
    const scenario = new Scenario();
    const client = scenario.client({ ...cloudKeys, timeout: 100 });
    await client.refresh();
    for (const rule of [
      { code: 500 },
      { code: 1111 },
      { status: 503 },
      { status: 429 },
      { delayMs: 1_000 },
      { body: "cut" },
      { body: "corrupt" },
    ] as const) {
      const before = (await businessCalls(scenario)).length;
      await scenario.cloud.fail({ path: "/v1.0/users", ...rule });
      await client.request(devices);
      assert.equal((await businessCalls(scenario)).length, before + 2, JSON.stringify(rule));
    }
  });

  it("gives up after two repetitions", async () => {
    const scenario = new Scenario();
    const client = scenario.client({ ...cloudKeys, timeout: 50 });
    await client.refresh();
    for (const [rule, code] of [
      [{ code: 500 }, "unavailable"],
      [{ code: 1110 }, "rate_limited"],
      [{ status: 502 }, "unavailable"],
      [{ status: 404 }, "malformed_response"],
      [{ body: "corrupt" }, "malformed_response"],
      [{ body: "cut" }, "network_error"],
      [{ delayMs: 200 }, "timeout"],
    ] as const) {
      await scenario.cloud.fail({ path: "/v1.0/users", times: 3, ...rule });
      await assert.rejects(client.request(devices), { name: "TuyaAuthError", code }, JSON.stringify(rule));
    }
    assert.equal((await businessCalls(scenario)).length, 21);
  });

  it("sends no other method twice", async () => {
    const scenario = new Scenario();
    const client = scenario.client({ ...cloudKeys, timeout: 50 });
    await client.refresh();
    const rules = [{ code: 500 }, { status: 503 }, { delayMs: 200 }, { body: "cut" }] as const;
    for (const rule of rules) {
      await scenario.cloud.fail({ path: "/v1.0/things", ...rule });
      await assert.rejects(client.request({ method: "POST", path: "/v1.0/things", body: {} }));
    }
    assert.equal((await businessCalls(scenario)).length, rules.length);
  });

  it("says that the cloud cannot be reached, and keeps the cause", async () => {
    const cause = new TypeError("fetch failed");
    const client = new Scenario().client({ ...cloudKeys, fetch: () => Promise.reject(cause) });
    await assert.rejects(client.request(devices), { code: "network_error", retryable: true, cause });
  });

  it("quotes no answer in an error", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    await scenario.cloud.fail({ path: "/v1.0/token", times: 2, body: "corrupt" });
    await assert.rejects(client.request(devices), (error: Error) => {
      assert.equal(error.cause, undefined);
      return !error.message.includes("{");
    });
  });
});

describe("TuyaClient: failures that stay", () => {
  it("never repeats a wrong sign", async () => {
    const scenario = new Scenario();
    const client = scenario.client({ ...cloudKeys, secret: "another0secret000000000000000001" });
    await assert.rejects(client.request(devices), (error: { code: string; tuya: object }) => {
      assert.equal(error.code, "sign_invalid");
      assert.deepEqual(Object.keys(error.tuya), ["code", "msg", "t", "tid"]);
      return true;
    });
    assert.deepEqual(await scenario.calls(), ["GET /v1.0/token sign_invalid"]);
  });

  it("follows no redirect", async () => {
    const scenario = new Scenario();
    const seen: string[] = [];
    const redirecting: Fetch = async (url) => {
      seen.push(new URL(url).pathname);
      return new Response(null, { status: 302, headers: { location: "https://elsewhere.test/" } });
    };
    const client = scenario.client({ ...cloudKeys, fetch: redirecting });
    await assert.rejects(client.request(devices), { code: "unexpected_redirect", retryable: false });
    await assert.rejects(client.fetch(devices.path), { code: "unexpected_redirect" });
    assert.deepEqual(seen, ["/us/v1.0/token", "/us/v1.0/token"]);
  });
});

describe("TuyaClient: a wrong clock", () => {
  for (const minutes of [-20, 20]) {
    it(`is put right once, by the cloud's answer: ${minutes} minutes`, async () => {
      const scenario = new Scenario();
      const now = () => scenario.time + minutes * 60_000;
      const client = scenario.client({ ...cloudKeys, now });
      await client.request(devices);
      await client.request({ ...devices });
      assert.deepEqual(await scenario.calls(), [
        "GET /v1.0/token clock_skew",
        "GET /v1.0/token ok",
        `GET ${devices.path} ok`,
        `GET ${devices.path} ok`,
      ]);
      const corrections = scenario.events.filter(({ type }) => type === "clock_corrected");
      assert.deepEqual(corrections, [{ type: "clock_corrected", offset: -minutes * 60_000 }]);
    });
  }

  it("is an error when the correction does not help", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    await client.refresh();
    await scenario.cloud.fail({ path: "/v1.0/users", code: 1013, times: 2 });
    await assert.rejects(client.request(devices), { code: "clock_skew" });
    assert.equal((await businessCalls(scenario)).length, 2);
  });
});

describe("TuyaClient: a caller who stops waiting", () => {
  for (const [kind, run] of joiningSignals) {
    it(`gets the signal's reason, before and during a call, ${kind}`, () =>
      run(async () => {
        const scenario = new Scenario();
        const client = scenario.client(cloudKeys);
        await client.refresh();
        const reason = new Error("enough");
        await assert.rejects(client.request({ ...devices, signal: AbortSignal.abort(reason) }), reason);
        await scenario.cloud.fail({ path: "/v1.0/users", delayMs: 1_000, times: 2 });
        for (const call of [
          (signal: AbortSignal) => client.request({ ...devices, signal }),
          (signal: AbortSignal) => client.fetch(devices.path, { signal }),
        ]) {
          const start = performance.now();
          await assert.rejects(call(AbortSignal.timeout(20)), { name: "TimeoutError" });
          assert.ok(performance.now() - start < 500);
        }
      }));

    it(`leaves nothing with a signal that outlives its calls, ${kind}`, () =>
      run(async () => {
        const scenario = new Scenario();
        const client = scenario.client();
        await client.exchangeCode(await scenario.code());
        const [lasting, another] = [new AbortController().signal, new AbortController().signal];
        const user = client.forUser(ann.uid, { signal: lasting });
        for (const call of [
          () => user.request(devices),
          () => user.request({ ...devices, signal: another }),
          () => client.forUser(ann.uid).request({ ...devices, signal: another }),
          // A signal for this very call would be Node's own to join: its `Request` does.
          () => user.fetch(devices.path),
          () => assert.rejects(user.request({ path: "/v1.0/nowhere" }), { code: "path_invalid" }),
          () => client.refresh(ann.uid, { signal: lasting }),
        ]) {
          await call();
          for (const signal of [lasting, another]) {
            assert.equal(getEventListeners(signal, "abort").length, 0, String(call));
          }
        }
      }));
  }
});

describe("TuyaClient: events", () => {
  it("hold no token, code or secret, and a listener's failures do no harm", async () => {
    const scenario = new Scenario();
    const client = scenario.client({
      onEvent: (event) => {
        scenario.events.push(event);
        throw new Error("the listener's own");
      },
    });
    const code = await scenario.code();
    const { accessToken, refreshToken, uid } = await client.exchangeCode(code);
    const next = await client.refresh(uid);
    const told = JSON.stringify(scenario.events);
    for (const secret of [code, accessToken, refreshToken, next.accessToken, next.refreshToken]) {
      assert.ok(!told.includes(secret));
    }
    assert.deepEqual(
      scenario.events.map(({ type }) => type),
      ["linked", "refreshed"],
    );
  });
});

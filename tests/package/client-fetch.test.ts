import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { assertArgumentError } from "../support/argument-error.js";
import { devices, LIFETIME, openapi, Scenario } from "../support/client-scenario.js";
import { ann, cloudKeys } from "../support/demo-seed.js";
import { joiningSignals } from "../support/joining-signals.js";

describe("TuyaClient.fetch", () => {
  it("takes what fetch takes, and gives the answer as it came", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    for (const input of [
      devices.path,
      openapi + devices.path,
      new URL(openapi + devices.path),
      new Request(openapi + devices.path),
      `${devices.path}#fragment`,
    ]) {
      const response = await client.fetch(input);
      assert.equal(response.status, 200);
      assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
      assert.equal((await response.json()).result.length, 2);
    }
  });

  it("signs bodies of every kind", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    for (const init of [
      { body: "text" },
      { body: '{"a":1}', headers: { "content-type": "application/json" } },
      { body: new URLSearchParams("a=1&b=x+y") },
      { body: new TextEncoder().encode("bytes") },
      { body: new Blob(["blob"]) },
    ]) {
      const response = await client.fetch("/v1.0/things", { method: "POST", ...init });
      // Known to nobody, but found to be signed rightly first.
      assert.equal((await response.json()).code, 1108);
    }
  });

  it("returns the cloud's refusals, and repeats what a new token mends", async () => {
    const scenario = new Scenario();
    const client = scenario.client();
    await client.exchangeCode(await scenario.code());
    scenario.time += LIFETIME;
    const response = await client.forUser(ann.uid).fetch(devices.path);
    assert.equal((await response.json()).success, true);
    await scenario.cloud.fail({ path: "/v1.0/users", code: 1010 });
    const repeated = await client.forUser(ann.uid).fetch(devices.path);
    assert.equal((await repeated.json()).success, true);
    assert.equal(await scenario.refreshes(), 2);
    await scenario.cloud.fail({ path: "/v1.0/users", code: 1010, times: 2 });
    const stillRefused = await client.forUser(ann.uid).fetch(devices.path);
    assert.equal((await stillRefused.json()).code, 1010);
    const refused = await client.forUser(ann.uid).fetch("/v1.0/devices/nobodys");
    assert.equal((await refused.json()).code, 1106);
  });

  for (const [kind, run] of joiningSignals) {
    it(`lets the caller's signal end an answer that is still coming, ${kind}`, () =>
      run(async () => {
        const scenario = new Scenario();
        const client = scenario.client({
          ...cloudKeys,
          fetch: async (url, init) => {
            const answer = await scenario.cloud.fetch(url, init);
            if (url.includes("/token")) return answer;
            // The same answer, but the end of its body never comes.
            const body = new ReadableStream({
              start: (controller) =>
                init.signal?.addEventListener("abort", () => controller.error(init.signal?.reason)),
            });
            return new Response(body, { headers: { "content-type": "application/octet-stream" } });
          },
        });
        const leaving = new AbortController();
        const response = await client.fetch(devices.path, { signal: leaving.signal });
        leaving.abort(new Error("gone"));
        await assert.rejects(response.text(), { message: "gone" });
      }));
  }

  it("never sends a token elsewhere", async () => {
    const client = new Scenario().client(cloudKeys);
    for (const input of [
      "https://elsewhere.test/v1.0/a",
      "http://127.0.0.1:8787/eu/v1.0/a",
      "http://127.0.0.1:8787/usa/v1.0/a",
      "/../eu/v1.0/a",
      new Request("https://elsewhere.test/us/v1.0/a"),
    ]) {
      await assertArgumentError(() => client.fetch(input), "invalid_url", String(input));
    }
    await assertArgumentError(
      () => client.fetch(devices.path, { headers: { access_token: "mine" } }),
      "invalid_header",
      "a header of ours",
    );
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { type CallRequest, memoryStore, Signer, TuyaClient } from "tuya-auth/server";

import { assertArgumentError } from "../support/argument-error.js";
import { devices, openapi, Scenario } from "../support/client-scenario.js";
import { ann, appKeys, cloudKeys } from "../support/demo-seed.js";

interface Device {
  readonly name: string;
}

describe("TuyaClient: simple mode", () => {
  it("gets one token for many calls", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    for (let call = 0; call < 2; call += 1) {
      const { result, t, tid } = await client.request<Device[]>(devices);
      assert.deepEqual(
        result.map(({ name }) => name),
        ["Ann's lamp", "Ann's plug"],
      );
      assert.equal(t, scenario.time);
      assert.match(String(tid), /^\w+$/);
    }
    assert.deepEqual(await scenario.calls(), [
      "GET /v1.0/token ok",
      `GET ${devices.path} ok`,
      `GET ${devices.path} ok`,
    ]);
  });

  it("shares the token through the store with other clients, and forgets it when told to", async () => {
    const scenario = new Scenario();
    const store = memoryStore();
    await scenario.client({ ...cloudKeys, store }).request(devices);
    const other = scenario.client({ ...cloudKeys, store });
    await other.request(devices);
    assert.equal((await scenario.calls()).length, 3);
    await other.forget();
    await other.request(devices);
    assert.equal((await scenario.calls()).filter((call) => call.includes("/token")).length, 2);
  });
});

describe("TuyaClient: code mode", () => {
  it("exchanges a code, stores the tokens, and calls for that user", async () => {
    const scenario = new Scenario();
    const store = memoryStore();
    const client = scenario.client({ store });
    const tokens = await client.exchangeCode(await scenario.code());
    assert.equal(tokens.uid, ann.uid);
    assert.equal(tokens.dataCenter, "us");
    assert.equal(tokens.obtainedAt, scenario.time);
    assert.equal(tokens.expiresAt, scenario.time + 7_200_000);
    const key = `token:${appKeys.clientId}:us:user:${ann.uid}`;
    assert.deepEqual(JSON.parse((await store.get(key))?.value ?? ""), tokens);
    assert.equal((await client.forUser(ann.uid).request<Device[]>(devices)).result.length, 2);
    assert.deepEqual(scenario.events, [{ type: "linked", dataCenter: "us", uid: ann.uid }]);
  });

  it("says that a user is not linked, before and after", async () => {
    const scenario = new Scenario();
    const client = scenario.client();
    const notLinked = { name: "TuyaAuthError", code: "not_linked" };
    await assert.rejects(client.forUser(ann.uid).request(devices), notLinked);
    await assert.rejects(client.refresh(ann.uid), notLinked);
    await client.exchangeCode(await scenario.code());
    await client.forget(ann.uid);
    await assert.rejects(client.forUser(ann.uid).request(devices), notLinked);
  });

  it("refuses a code that is spent, and stores nothing then", async () => {
    const scenario = new Scenario();
    const code = await scenario.code();
    await scenario.client().exchangeCode(code);
    const store = memoryStore();
    const set = store.set;
    store.set = () => assert.fail("stored an error answer");
    await assert.rejects(scenario.client({ store }).exchangeCode(code), {
      code: "code_invalid",
      retryable: false,
    });
    store.set = set;
  });

  it("takes tokens that were got elsewhere", async () => {
    const scenario = new Scenario();
    const tokens = await scenario.client().exchangeCode(await scenario.code());
    const client = scenario.client();
    await client.importTokens(tokens);
    assert.equal((await client.forUser(ann.uid).request<Device[]>(devices)).result.length, 2);
    for (const [change, code] of [
      [{ accessToken: "" }, "invalid_token"],
      [{ refreshToken: "a b" }, "invalid_token"],
      [{ uid: "" }, "invalid_argument"],
      [{ dataCenter: "eu" }, "invalid_data_center"],
      [{ expiresAt: Number.NaN }, "invalid_argument"],
      [{ obtainedAt: "now" }, "invalid_argument"],
    ] as const) {
      const wrong = { ...tokens, ...change } as typeof tokens;
      await assertArgumentError(() => client.importTokens(wrong), code, JSON.stringify(change));
    }
  });
});

describe("TuyaClient.request", () => {
  /** The URL that a call is sent to, below the OpenAPI's address. */
  async function sentTo(request: CallRequest): Promise<string> {
    const scenario = new Scenario();
    let sent = "";
    const client = scenario.client({
      ...cloudKeys,
      fetch: (url, init) => {
        sent = url;
        return scenario.cloud.fetch(url, init);
      },
    });
    await assert.rejects(client.request(request), { code: "path_invalid" });
    return sent.slice(openapi.length);
  }

  it("builds the query, which the cloud then finds signed", async () => {
    const path = "/v1.0/things";
    const query = { ids: ["a b", "c&d"], size: 20, last: "", all: true, none: undefined, "k ü": 1n };
    assert.equal(
      await sentTo({ path, query }),
      `${path}?ids=a%20b%2Cc%26d&size=20&last=&all=true&k%20%C3%BC=1`,
    );
    assert.equal(await sentTo({ path: `${path}?b=1`, query: { a: 2 } }), `${path}?b=1&a=2`);
    assert.equal(await sentTo({ path, query: new URLSearchParams("a=1&b=x+y") }), `${path}?a=1&b=x%20y`);
    assert.equal(await sentTo({ path, query: {} }), path);
  });

  it("sends bodies of every kind as they were signed", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    for (const body of [
      { commands: [{ code: "switch", value: true }] },
      [],
      '{"a": 1}',
      new TextEncoder().encode('{"b":"ü"}'),
      new URLSearchParams({ a: "1 +", b: "" }),
    ]) {
      // Known to nobody, but found to be signed rightly first.
      await assert.rejects(client.request({ method: "POST", path: "/v1.0/things", body }), {
        code: "path_invalid",
      });
    }
    await assert.rejects(client.request({ method: "post", path: "/v1.0/things", body: {} }), {
      code: "path_invalid",
    });
  });

  it("sends further headers, and the method as it was signed", async () => {
    const scenario = new Scenario();
    let sent: RequestInit | undefined;
    const client = scenario.client({
      ...cloudKeys,
      fetch: (url, init) => {
        sent = init;
        return scenario.cloud.fetch(url, init);
      },
    });
    await client.request({ ...devices, headers: { Lang: "de" } });
    const headers = new Headers(sent?.headers);
    assert.equal(headers.get("lang"), "de");
    assert.equal(headers.get("client_id"), cloudKeys.clientId);
    assert.equal(sent?.redirect, "manual");
    assert.equal(sent?.method, "GET");
  });

  it("refuses what cannot be sent as it is written, each by its code", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    for (const [request, code] of [
      [undefined, "invalid_argument"],
      [{}, "invalid_url"],
      [{ path: "v1.0" }, "invalid_url"],
      [{ path: "/v1.0/users/../devices" }, "invalid_url"],
      [{ path: "/v1.0/users/%2E./devices" }, "invalid_url"],
      [{ path: "/v1.0/a b" }, "invalid_url"],
      [{ path: "/v1.0/ü" }, "invalid_url"],
      [{ path: "/v1.0/a#b" }, "invalid_url"],
      [{ path: "/v1.0\\a" }, "invalid_url"],
      [{ path: "/a?b=%zz" }, "bad_escape"],
      [{ path: "/a?b=1", query: { b: 2 } }, "repeated_key"],
      [{ path: "/a", query: new URLSearchParams("a=1&a=2") }, "repeated_key"],
      [{ path: "/a", query: { a: null } }, "invalid_argument"],
      [{ path: "/a", query: { a: ["x", null] } }, "invalid_argument"],
      [{ path: "/a", query: { a: {} } }, "invalid_argument"],
      [{ path: "/a", query: { a: Number.NaN } }, "invalid_argument"],
      [{ path: "/a", query: "a=1" }, "invalid_argument"],
      [{ path: "/a", body: {} }, "invalid_argument"],
      [{ path: "/a", method: "POST", body: null }, "invalid_argument"],
      [{ path: "/a", method: "POST", body: () => 1 }, "invalid_argument"],
      [{ path: "/a", method: "PO ST" }, "invalid_method"],
      [{ path: "/a", method: 7 }, "invalid_method"],
      [{ path: "/a", headers: { Access_Token: "mine" } }, "invalid_header"],
      [{ path: "/a", headers: { sign: "mine" } }, "invalid_header"],
      [{ path: "/a", headers: { a: 7 } }, "invalid_header"],
    ] as const) {
      const wrong = request as unknown as CallRequest;
      await assertArgumentError(() => client.request(wrong), code, JSON.stringify(request));
    }
    assert.deepEqual(
      (await scenario.calls()).filter((call) => !call.includes("/token")),
      [],
    );
  });
});

describe("new TuyaClient", () => {
  it("refuses a caller's mistakes at once, each by its code", async () => {
    const options = { ...appKeys, dataCenter: "us" } as const;
    for (const [change, code] of [
      [{ clientId: "" }, "invalid_client_id"],
      [{ secret: "a b" }, "invalid_secret"],
      [{ secret: undefined }, "invalid_secret"],
      [{ identifier: "a\nb" }, "invalid_header"],
      [{ algorithm: "new" }, "invalid_argument"],
      [{ dataCenter: "moon" }, "invalid_data_center"],
      [{ dataCenter: undefined }, "invalid_argument"],
      [{ dataCenter: { code: "", openapi } }, "invalid_data_center"],
      [{ dataCenter: { code: "us", openapi: "http://openapi.test" } }, "insecure_url"],
      [{ dataCenter: { code: "us", openapi: "https://openapi.test?a=1" } }, "invalid_url"],
      [{ dataCenter: { code: "us" } }, "invalid_url"],
      [{ timeout: 0 }, "invalid_argument"],
      [{ timeout: "10" }, "invalid_argument"],
      [{ now: 1 }, "invalid_argument"],
      [{ fetch: 1 }, "invalid_argument"],
      [{ onEvent: 1 }, "invalid_argument"],
      [{ store: 1 }, "invalid_argument"],
    ] as const) {
      const wrong = { ...options, ...change } as unknown as typeof options;
      await assertArgumentError(() => new TuyaClient(wrong), code, JSON.stringify(change));
    }
    await assertArgumentError(() => new TuyaClient(null as never), "invalid_argument", "no options");
    const client = new TuyaClient(options);
    for (const uid of ["", 7]) {
      await assertArgumentError(() => client.forUser(uid as string), "invalid_argument", String(uid));
      await assertArgumentError(() => client.refresh(uid as string), "invalid_argument", String(uid));
      await assertArgumentError(() => client.forget(uid as string), "invalid_argument", String(uid));
    }
    await assertArgumentError(() => client.exchangeCode(""), "invalid_token", "no code");
  });

  it("takes an address with a slash at its end", async () => {
    const scenario = new Scenario();
    const client = scenario.client({ ...cloudKeys, dataCenter: { code: "us", openapi: `${openapi}/` } });
    await client.request(devices);
  });

  it("shows no secret when it is printed", async () => {
    const { inspect } = await import("node:util");
    const client = new TuyaClient({ ...appKeys, dataCenter: "us" });
    assert.ok(!inspect(client, { depth: 9, showHidden: true }).includes(appKeys.secret));
  });

  it("goes on after a trap has ended the WebAssembly instance", async () => {
    const scenario = new Scenario();
    const client = scenario.client(cloudKeys);
    const signer = new Signer(appKeys);
    assert.throws(
      () => signer.stringToSign({ url: "/", body: new Uint8Array(2 ** 31) }),
      (error) => error instanceof WebAssembly.RuntimeError,
    );
    // The client's signer was in the instance that ended.
    await client.refresh();
  });
});

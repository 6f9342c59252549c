import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuthHandlerOptions } from "tuya-auth/handler";
import { memoryStore, type Store } from "tuya-auth/server";

import type { Browser } from "../../www/demo/browser.js";
import { type App, appOrigin, createApp, link } from "../support/app.js";
import { ann, bo } from "../support/demo-seed.js";

const api: NonNullable<AuthHandlerOptions["api"]> = [
  "GET /v1.0/users/{uid}/devices",
  { pattern: "GET /v1.0/devices/{device_id}", exposeLocalKeys: true },
  "POST /v1.0/devices/{device_id}/commands",
  "PUT /v1.0/iot-03/{kind}/{action}",
];

/** A call that was sent to the cloud. */
interface Sent {
  url: string;
  init: RequestInit;
}

/** An application whose browser has linked ann's account, and the calls that it sends from then on. */
async function linkedApp(options: Partial<AuthHandlerOptions> = {}) {
  const sent: Sent[] = [];
  const app: App = createApp({
    api,
    fetch: (url, init) => {
      sent.push({ url, init });
      return app.cloud.fetch(url, init);
    },
    ...options,
  });
  const browser = app.browser();
  await link(app, browser);
  sent.length = 0;
  return { app, browser, sent };
}

/** What a script of the application's page gets. */
function call(app: App, browser: Browser, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has("Origin")) headers.set("Origin", appOrigin);
  return app.send(browser, `/auth/api${path}`, { ...init, headers });
}

async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error;
}

interface Devices {
  success: boolean;
  result: { id: string; name: string }[];
}

describe("a call for the linked user", () => {
  it("is signed with the user's token and answered in the cloud's own words, without local keys", async () => {
    const { app, browser, sent } = await linkedApp();
    for (const user of [ann.uid, "me"]) {
      const response = await call(app, browser, `/v1.0/users/${user}/devices`);
      assert.equal(response.status, 200);
      assert.match(response.headers.get("Content-Type") ?? "", /^application\/json/);
      const { success, result } = (await response.json()) as Devices;
      assert.equal(success, true);
      assert.deepEqual(
        result.map(({ name }) => name),
        ["Ann's lamp", "Ann's plug"],
      );
      assert.doesNotMatch(JSON.stringify(result), /local_key/);
      assert.ok(sent.at(-1)?.url.endsWith(`/v1.0/users/${ann.uid}/devices`));
    }
  });

  it("shows local keys by a rule that says so, and by no other", async () => {
    const { app, browser } = await linkedApp();
    const { result } = (await (await call(app, browser, "/v1.0/users/me/devices")).json()) as Devices;
    const one = await call(app, browser, `/v1.0/devices/${result[0]?.id}`);
    assert.match(await one.text(), /"local_key":"local-/);
  });

  it("hands on what the cloud refuses", async () => {
    const { app, browser } = await linkedApp();
    const response = await call(app, browser, "/v1.0/devices/no-such-device");
    assert.equal(response.status, 200);
    const { success, code } = (await response.json()) as { success: boolean; code: number };
    assert.deepEqual({ success, code }, { success: false, code: 1106 });
  });

  it("sends on the query, the body and few headers", async () => {
    const { app, browser, sent } = await linkedApp();
    const body = JSON.stringify({ commands: [{ code: "switch", value: "ключ" }] });
    const headers = {
      "Content-Type": "application/json",
      Accept: "application/json",
      lang: "de",
      "X-Forwarded-For": "10.0.0.1",
      access_token: "another",
      client_id: "another",
      Authorization: "Basic x",
    };
    const path = "/v1.0/devices/d1/commands?b=2&a=1%201";
    const response = await call(app, browser, path, { method: "POST", body, headers });
    const { code } = (await response.json()) as { code: number };
    // The sign was right, and the device is nobody's.
    assert.equal(code, 1106);
    const [{ url, init } = { url: "", init: {} }] = sent;
    assert.ok(url.endsWith(path));
    assert.equal(init.method, "POST");
    assert.equal(new TextDecoder().decode(init.body as Uint8Array), body);
    const received = new Headers(init.headers);
    assert.deepEqual(
      [...received.keys()],
      ["accept", "access_token", "client_id", "content-type", "lang", "nonce", "sign", "sign_method", "t"],
    );
    assert.notEqual(received.get("access_token"), "another");
  });

  it("refreshes an expired token on the way, once for many calls", async () => {
    const { app, browser } = await linkedApp();
    app.advance(2 * 60 * 60_000);
    const paths = Array.from({ length: 10 }, () => "/v1.0/users/me/devices");
    const answers = await Promise.all(paths.map((path) => call(app, browser, path)));
    for (const answer of answers) assert.equal(((await answer.json()) as Devices).success, true);
    const refreshes = (await app.cloud.requests()).filter(({ target }) => /\/token\/[^/]+$/.test(target));
    assert.equal(refreshes.length, 1);
  });

  it("keeps the runtime going while it refreshes", async () => {
    const { app, browser } = await linkedApp();
    app.advance(2 * 60 * 60_000);
    const kept: Promise<unknown>[] = [];
    const context = {
      kept,
      waitUntil(work: Promise<unknown>) {
        this.kept.push(work);
      },
    };
    const headers = { Cookie: await browser.cookies(appOrigin) };
    const request = new Request(`${appOrigin}/auth/api/v1.0/users/me/devices`, { headers });
    assert.equal((await app.handler.fetch(request, context)).status, 200);
    assert.equal(kept.length, 1);
    await Promise.all(kept);
  });
});

describe("a call that is not offered", () => {
  it("is refused before anything is sent", async () => {
    const { app, browser, sent } = await linkedApp();
    const refused: [method: string, path: string][] = [
      ["GET", "/v1.0/token?grant_type=1"],
      ["GET", "/v1.0/token/x"],
      ["GET", `/v1.0/users/${bo.uid}/devices`],
      ["GET", `/v1.0/users/${ann.uid}/devices/`],
      ["GET", `/v1.0/users/${ann.uid}`],
      ["GET", `/v1.0//users/${ann.uid}/devices`],
      ["GET", `/v1.0/users/%61${ann.uid.slice(1)}/devices`],
      ["GET", "/v1.0/users/%7Buid%7D/devices"],
      ["GET", `/v1.0/users/${ann.uid}%2Fdevices`],
      ["GET", `/V1.0/users/${ann.uid}/devices`],
      ["POST", `/v1.0/users/${ann.uid}/devices`],
      ["DELETE", `/v1.0/users/${ann.uid}/devices`],
      ["GET", "/v1.0/devices/a%2Eb"],
      ["GET", "/v1.0/devices/a.b"],
      ["GET", "/v1.0/devices/"],
      ["PUT", "/v1.0/iot-03/users/login"],
      ["PUT", "/v1.0/iot-03/x/authorized-login"],
      ["GET", `/v1.0/devices/d1?uid=${bo.uid}`],
      ["OPTIONS", "/v1.0/devices/d1"],
      ["HEAD", "/v1.0/devices/d1"],
      ["GET", "/"],
    ];
    for (const [method, path] of refused) {
      const response = await call(app, browser, path, { method });
      assert.equal(response.status, 403, `${method} ${path}`);
      if (method !== "HEAD") assert.equal(await errorOf(response), "permission_denied");
    }
    assert.deepEqual(sent, []);
  });

  it("stays refused when the path is written with dots", async () => {
    const { app, browser, sent } = await linkedApp();
    const response = await call(app, browser, "/v1.0/devices/../token?grant_type=1");
    assert.equal(response.status, 403);
    assert.equal((await app.send(browser, "/auth/api/../../v1.0/token")).status, 404);
    assert.deepEqual(sent, []);
  });

  it("is every call, without rules and without a session", async () => {
    const closed = await linkedApp({ api: undefined });
    const response = await call(closed.app, closed.browser, "/v1.0/users/me/devices");
    assert.equal(await errorOf(response), "permission_denied");
    const { app, sent } = await linkedApp();
    const stranger = await call(app, app.browser(), "/v1.0/users/me/devices");
    assert.equal(stranger.status, 401);
    assert.equal(await errorOf(stranger), "session_missing");
    assert.deepEqual(sent, []);
  });

  it("may not be too long, whether it says so or not", async () => {
    const { app, browser, sent } = await linkedApp();
    const long = "x".repeat(1024 * 1024 + 1);
    const path = "/v1.0/devices/d1/commands";
    const streamed = { method: "POST", body: new Blob([long]).stream(), duplex: "half" } as RequestInit;
    for (const init of [{ method: "POST", body: long }, streamed]) {
      assert.equal((await call(app, browser, path, init)).status, 413);
    }
    assert.deepEqual(sent, []);
    const full = await call(app, browser, path, { method: "POST", body: long.slice(1) });
    assert.equal(full.status, 200);
  });

  it("is one that cannot be signed for certain", async () => {
    const { app, browser, sent } = await linkedApp();
    for (const [query, code] of [
      ["a=1&a=2", "repeated_key"],
      ["a=%zz", "bad_escape"],
    ]) {
      const response = await call(app, browser, `/v1.0/devices/d1?${query}`);
      assert.equal(response.status, 400);
      assert.equal(await errorOf(response), code);
    }
    assert.deepEqual(sent, []);
  });
});

describe("the tokens of a call", () => {
  it("are on their way when the session's link is still being looked up", async () => {
    const store = memoryStore();
    const { app, browser } = await linkedApp({ store });
    let began = () => {};
    const tokensAsked = new Promise<void>((resolve) => {
      began = resolve;
    });
    // Whoever asks for the link first, and for the tokens after it, waits for ever.
    intercept(store, async (kind) => {
      if (kind === "token") began();
      if (kind === "link") await tokensAsked;
    });
    assert.equal((await call(app, browser, "/v1.0/users/me/devices")).status, 200);
  });

  it("are read once, and of a call with a body after it, for the link may end while it comes", async () => {
    const store = memoryStore();
    const { app, browser } = await linkedApp({ store });
    const kinds: (string | undefined)[] = [];
    intercept(store, async (kind) => {
      kinds.push(kind);
    });
    await call(app, browser, "/v1.0/users/me/devices");
    assert.deepEqual(kinds, ["session", "token", "link"]);
    kinds.length = 0;
    await call(app, browser, "/v1.0/devices/d1/commands", { method: "POST", body: "{}" });
    assert.deepEqual(kinds, ["session", "link", "token"]);
  });

  it("are not used, nor missed, when the link has ended", async () => {
    const store = memoryStore();
    const { app, browser, sent } = await linkedApp({ store });
    await store.delete(`link:demo0app0client0id00:us:${ann.uid}`);
    intercept(store, async (kind) => {
      if (kind === "token") throw new Error("the store is down");
    });
    const response = await call(app, browser, "/v1.0/users/me/devices");
    assert.equal(await errorOf(response), "session_missing");
    assert.deepEqual(sent, []);
  });
});

/** Does something before a store is read. */
function intercept(store: Store, before: (kind: string | undefined) => Promise<void>): void {
  const { get } = store;
  store.get = async (key) => {
    await before(key.split(":")[0]);
    return get(key);
  };
}

describe("a link that has ended", () => {
  it("is told as such", async () => {
    const { app, browser } = await linkedApp();
    const client = { key: `token:demo0app0client0id00:us:user:${ann.uid}` };
    const stored = await app.store.get(client.key);
    assert.ok(stored);
    const spoiled = JSON.stringify({
      ...JSON.parse(stored.value),
      accessToken: "dead",
      refreshToken: "dead",
    });
    await app.store.set(client.key, spoiled);
    const response = await call(app, browser, "/v1.0/users/me/devices");
    assert.equal(response.status, 409);
    assert.equal(await errorOf(response), "relink_required");
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import {
  type Cloud,
  type CloudOptions,
  createCloud,
  memoryRows,
  type RequestRecord,
  type Row,
  type RowStorage,
} from "tuya-auth/emulator";
import { buildTokenRequest, Signer } from "tuya-auth/server";

import { obtainCode } from "../support/consent.js";
import { ann, appKeys, bo, cloudKeys } from "../support/demo-seed.js";

const origin = "https://cloud.test";
const signer = new Signer(appKeys);

/** What the cloud's envelope holds. */
interface Envelope {
  readonly success: boolean;
  readonly code?: number;
  readonly msg?: string;
  readonly t: number;
  // biome-ignore lint/suspicious/noExplicitAny: each call's result has a shape of its own
  readonly result?: any;
}

/** A signed GET of the app's client. */
async function call(cloud: Cloud, dataCenter: string, path: string, accessToken?: string): Promise<Envelope> {
  const token = accessToken === undefined ? {} : { accessToken };
  const headers = signer.sign({ url: path, ...token });
  const response = await cloud.fetch(`${origin}/${dataCenter}${path}`, { headers });
  assert.equal(response.status, 200);
  return response.json();
}

const exchange = (cloud: Cloud, code: string) =>
  call(cloud, "us", buildTokenRequest({ grant: "code", code }).url.toString());
const refresh = (cloud: Cloud, refreshToken: string) =>
  call(cloud, "us", buildTokenRequest({ grant: "refresh", refreshToken }).url.toString());
const annsCode = (cloud: Cloud) => obtainCode({ fetch: cloud.fetch, origin, dataCenter: "us", account: ann });

describe("createCloud", () => {
  it("links an account by fetch alone, and serves its devices", async () => {
    const cloud = createCloud();
    const { result } = await exchange(cloud, await annsCode(cloud));
    assert.equal(result.uid, ann.uid);
    const devices = await call(cloud, "us", `/v1.0/users/${ann.uid}/devices`, result.access_token);
    assert.deepEqual(
      devices.result.map(({ name }: { name: string }) => name),
      ["Ann's lamp", "Ann's plug"],
    );
  });

  it("takes a GET with a body, which a Request cannot have", async () => {
    const cloud = createCloud();
    const body = new TextEncoder().encode("{}");
    const path = "/v1.0/token?grant_type=1";
    const headers = Object.entries({ host: "localhost", ...signer.sign({ url: path, body }) });
    const answer = await cloud.handle({ method: "GET", target: `/us${path}`, headers, body });
    assert.equal(JSON.parse(answer.body).success, true);
    const unsigned = await cloud.handle({ method: "GET", target: `/us${path}`, headers });
    assert.equal(JSON.parse(unsigned.body).code, 1004);
  });

  it("has a clock that goes forward", async () => {
    const cloud = createCloud({ now: () => 1_760_000_000_000.5 });
    assert.equal(await cloud.advance(1000), 1_760_000_001_000);
    assert.equal(await cloud.advance(1), 1_760_000_001_001);
    for (const ms of [-1, 0.5, Number.NaN, 1e15]) {
      await assert.rejects(cloud.advance(ms), { name: "TypeError", code: "invalid_argument" });
    }
  });

  it("lets access tokens expire, and refresh tokens live on", async () => {
    const cloud = createCloud();
    assert.equal(await cloud.expireTokens(), 0);
    const { result } = await exchange(cloud, await annsCode(cloud));
    assert.equal(await cloud.expireTokens(), 1);
    const path = `/v1.0/users/${ann.uid}/devices`;
    assert.equal((await call(cloud, "us", path, result.access_token)).code, 1010);
    assert.equal((await refresh(cloud, result.refresh_token)).success, true);
  });

  it("remembers requests without their secrets", async () => {
    const cloud = createCloud();
    const code = await annsCode(cloud);
    await exchange(cloud, code);
    const requests = await cloud.requests();
    assert.deepEqual(
      requests.map(
        ({ method, target, status, verdict }) => `${method} ${target.split("?")[0]} ${status} ${verdict}`,
      ),
      [
        "GET /us/d/login 200 ok",
        "POST /us/d/login 303 ok",
        "GET /us/d/consent 200 ok",
        "POST /us/d/consent 303 ok",
        "GET /us/v1.0/token 200 ok",
      ],
    );
    assert.doesNotMatch(JSON.stringify(requests), new RegExp(code));
  });

  it("revokes tokens by user, client, data center and kind", async () => {
    const cloud = createCloud();
    const { result } = await exchange(cloud, await annsCode(cloud));
    const devices = () => call(cloud, "us", `/v1.0/users/${ann.uid}/devices`, result.access_token);
    const none = { accessTokens: 0, refreshTokens: 0 };
    assert.deepEqual(await cloud.revokeTokens({ uid: ann.uid, dataCenter: "eu" }), none);
    assert.deepEqual(await cloud.revokeTokens({ clientId: cloudKeys.clientId }), none);
    assert.equal((await devices()).success, true);
    assert.deepEqual(await cloud.revokeTokens({ uid: ann.uid, what: "refresh" }), {
      accessTokens: 0,
      refreshTokens: 1,
    });
    assert.equal((await devices()).success, true);
    assert.equal(await cloud.expireTokens({ uid: bo.uid }), 0);
    assert.deepEqual(await cloud.revokeTokens(), { accessTokens: 1, refreshTokens: 0 });
    assert.equal((await devices()).code, 1010);
    assert.equal((await refresh(cloud, result.refresh_token)).code, 1010);
    for (const wrong of [null, { dataCenter: "mars" }, { what: "all" }, { user: ann.uid }]) {
      await assert.rejects(cloud.revokeTokens(wrong as never), {
        name: "TypeError",
        code: "invalid_argument",
      });
    }
  });

  it("becomes new again, and forgets what it was asked", async () => {
    const cloud = createCloud({ seed: { callbackOrigin: "https://app.example" } });
    const before = await cloud.snapshot();
    await call(cloud, "us", "/v1.0/token?grant_type=1");
    await cloud.clearRequests();
    assert.deepEqual(await cloud.requests(), []);
    await cloud.advance(1000);
    await cloud.reset();
    assert.deepEqual(await cloud.snapshot(), before);
  });

  it("explains a wrong sign", async () => {
    const cloud = createCloud();
    const swapped = new Signer({ clientId: appKeys.clientId, secret: cloudKeys.secret });
    const path = "/v1.0/token?grant_type=1";
    await cloud.fetch(`${origin}/us${path}`, { headers: swapped.sign({ url: path }) });
    const [record] = await cloud.requests();
    const [match] = record?.diagnosis?.matches ?? [];
    assert.deepEqual(match?.mistakes, ["other_secret"]);
    assert.equal(match?.fix, "Use the secret that belongs to this client ID.");
    assert.equal(
      record?.diagnosis?.stringToSign,
      signer.stringToSign({ url: path }),
      "what should have been signed",
    );
    assert.doesNotMatch(JSON.stringify(record), new RegExp(`${appKeys.secret}|${cloudKeys.secret}`));
  });

  it("tells a listener of each request, whatever the listener does", async () => {
    const heard: RequestRecord[] = [];
    const cloud = createCloud({
      onRequest(record) {
        heard.push(record);
        throw new Error("not the cloud's");
      },
    });
    await exchange(cloud, await annsCode(cloud));
    assert.deepEqual(heard, await cloud.requests());
    assert.equal(heard.length, 5);
    const late = createCloud({ onRequest: () => Promise.reject(new Error("not the cloud's")) });
    assert.equal((await exchange(late, await annsCode(late))).success, true);
  });

  it("keeps its state to itself", async () => {
    const [one, other] = [createCloud(), createCloud()];
    const { result } = await exchange(one, await annsCode(one));
    const path = `/v1.0/users/${ann.uid}/devices`;
    assert.equal((await call(other, "us", path, result.access_token)).code, 1010);
  });

  it("registers callbacks of another origin, and can be lenient", async () => {
    const cloud = createCloud({ seed: { callbackOrigin: "https://app.example" }, strict: false });
    const rows = await cloud.snapshot();
    const project = rows.find(({ key }) => key.startsWith("project/"));
    assert.match(String(project?.value), /"https:\/\/app\.example\/auth\/callback\/us"/);
    const legacy = new Signer({ ...cloudKeys, algorithm: "legacy" });
    const path = "/v1.0/token?grant_type=1";
    for (const [own, success] of [
      [cloud, true],
      [createCloud(), false],
    ] as const) {
      const response = await own.fetch(`${origin}/us${path}`, { headers: legacy.sign({ url: path }) });
      assert.equal((await response.json()).success, success);
    }
  });

  it("refuses options that cannot be used, at once", () => {
    for (const options of [
      null,
      { now: 1 },
      { strict: "yes" },
      { onRequest: "yes" },
      { storage: 1 },
      { seed: 1 },
      { seed: { callbackOrigin: 1 } },
      { seed: { callbackOrigin: "http://app.example" } },
      { seed: { callbackOrigin: "http://localhost:8788/" } },
    ]) {
      assert.throws(() => createCloud(options as CloudOptions), {
        name: "TypeError",
        code: "invalid_argument",
      });
    }
  });

  it("heeds a signal that was aborted before", async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(createCloud().fetch(`${origin}/us/v1.0/token`, { signal }), { name: "AbortError" });
  });
});

describe("a cloud that is told to fail", () => {
  it("answers a code or a status once, and does nothing", async () => {
    const cloud = createCloud();
    const code = await annsCode(cloud);
    await cloud.fail({ path: "/v1.0/token", code: 500 });
    assert.equal((await exchange(cloud, code)).code, 500);
    await cloud.fail({ status: 502 });
    assert.equal((await cloud.fetch(`${origin}/us/v1.0/token`)).status, 502);
    assert.equal((await exchange(cloud, code)).success, true);
  });

  it("breaks or damages an answer after doing what was asked", async () => {
    const cloud = createCloud();
    for (const body of ["cut", "corrupt"] as const) {
      const code = await annsCode(cloud);
      await cloud.fail({ body });
      await assert.rejects(exchange(cloud, code), { name: body === "cut" ? "TypeError" : "SyntaxError" });
      assert.equal((await exchange(cloud, code)).code, 1107);
    }
  });

  it("keeps an answer back until the caller gives up", async () => {
    const cloud = createCloud();
    await cloud.fail({ delayMs: 20 });
    const start = performance.now();
    await cloud.fetch(`${origin}/us/v1.0/token`);
    assert.ok(performance.now() - start >= 19);
    await cloud.fail({ delayMs: 60_000 });
    const signal = AbortSignal.timeout(5);
    await assert.rejects(cloud.fetch(`${origin}/us/v1.0/token`, { signal }), { name: "TimeoutError" });
  });

  it("is limited in one data center until the rules are dropped", async () => {
    const cloud = createCloud();
    const path = "/v1.0/token?grant_type=1";
    await cloud.fail({ dataCenter: "us", code: 1110, times: 9 });
    assert.equal((await call(cloud, "us", path)).code, 1110);
    assert.equal((await call(cloud, "eu", path)).success, true);
    await cloud.clearFaults();
    assert.equal((await call(cloud, "us", path)).success, true);
  });

  it("takes no rule that does nothing", async () => {
    const wrong = { name: "TypeError", code: "invalid_argument" };
    await assert.rejects(createCloud().fail({ path: "/v1.0" }), wrong);
    await assert.rejects(createCloud().fail(null as never), wrong);
  });
});

/** Storage that takes its time, and that a test can break. */
class SlowRows implements RowStorage {
  readonly #rows = memoryRows();
  failing = false;
  saving = 0;
  mostAtOnce = 0;

  async load(): Promise<readonly Row[]> {
    await sleep(1);
    return this.#rows.load();
  }

  async save(rows: readonly Row[]): Promise<void> {
    this.saving += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.saving);
    await sleep(1);
    this.saving -= 1;
    if (this.failing) throw new Error("the disk is full");
    this.#rows.save(rows);
  }
}

describe("a cloud's storage", () => {
  it("has the rows before the answer leaves, and another cloud goes on from them", async () => {
    const storage = new SlowRows();
    const code = await annsCode(createCloud({ storage }));
    assert.equal((await exchange(createCloud({ storage }), code)).success, true);
    assert.equal((await exchange(createCloud({ storage }), code)).code, 1107);
  });

  it("failing, leaves everything as it was", async () => {
    const storage = new SlowRows();
    const cloud = createCloud({ storage });
    const code = await annsCode(cloud);
    storage.failing = true;
    await assert.rejects(exchange(cloud, code), /the disk is full/);
    storage.failing = false;
    assert.equal((await exchange(cloud, code)).success, true);
  });

  it("is used by one request at a time", async () => {
    const storage = new SlowRows();
    const cloud = createCloud({ storage });
    const code = await annsCode(cloud);
    const exchanges = await Promise.all(Array.from({ length: 20 }, () => exchange(cloud, code)));
    const [won, ...more] = exchanges.filter(({ success }) => success);
    assert.equal(more.length, 0, "a code works once");
    const token = won?.result.refresh_token;
    const refreshes = await Promise.all(Array.from({ length: 20 }, () => refresh(cloud, token)));
    assert.equal(refreshes.filter(({ success }) => success).length, 1, "a refresh token works once");
    assert.equal(storage.mostAtOnce, 1);
  });

  it("does not get the rows of a seed twice", async () => {
    const storage = memoryRows();
    const before = (await createCloud({ storage }).snapshot()).length;
    const second = createCloud({ storage, seed: { callbackOrigin: "https://app.example" } });
    assert.equal((await second.snapshot()).length, before);
    assert.doesNotMatch(JSON.stringify(await second.snapshot()), /app\.example/);
  });
});

describe("a data center", () => {
  it("knows its own accounts, codes and tokens only", async () => {
    const cloud = createCloud();
    const code = await obtainCode({ fetch: cloud.fetch, origin, dataCenter: "eu", account: bo });
    assert.equal((await exchange(cloud, code)).code, 1107);
    const path = buildTokenRequest({ grant: "code", code }).url.toString();
    const { result } = await call(cloud, "eu", path);
    assert.equal(result.uid, bo.uid);
    assert.equal((await refresh(cloud, result.refresh_token)).code, 28_841_107);
  });
});

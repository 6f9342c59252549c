/** The public interface, as programs use it: what must compile does, and each `@ts-expect-error` marks what must not. */

import {
  allowInsecure,
  createAuthorization,
  type DataCenter,
  type DataCenterCode,
  dataCenterForCountry,
  type dataCenters,
  parseCallback,
  type ready,
  type TuyaAuthError,
  type TuyaAuthErrorCode,
} from "tuya-auth";
import { diagnose, explain, type MistakeId } from "tuya-auth/debug";
import { durableObjectStore, type TuyaStoreObject } from "tuya-auth/durable-object";
import { createCloud, type FaultRule, type seed } from "tuya-auth/emulator";
import { serveCloud, sqliteRows } from "tuya-auth/emulator/node";
import type * as nodeTest from "tuya-auth/emulator/node-test";
import type * as vitest from "tuya-auth/emulator/vitest";
import { createAuthHandler } from "tuya-auth/handler";
import type * as inline from "tuya-auth/inline";
import { redisStore } from "tuya-auth/redis";
import * as server from "tuya-auth/server";

/** Compiles only where both are the same type, and not one that merely fits. */
function same<A, B>(..._differing: Equal<A, B> extends true ? [] : [A, B]): void {}
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const keys = { clientId: "id", secret: "secret" };
const page = "https://page.example/d/login";
const redirectUri = new URL("https://app.example/auth/callback/us");
declare const store: server.Store;

export function pages(): void {
  const authorization = createAuthorization({
    ...{ page, clientId: "id", redirectUri, dataCenter: "us", state: "state", params: { lang: "en" } },
    [allowInsecure]: true,
  });
  same<typeof authorization.url | typeof authorization.state | typeof authorization.dataCenter, string>();
  createAuthorization({ page, clientId: "id", redirectUri, dataCenter: "a-cloud-of-my-own" });
  // @ts-expect-error: no data center
  createAuthorization({ page, clientId: "id", redirectUri });
  // @ts-expect-error: a secret has no place here
  createAuthorization({ page, clientId: "id", redirectUri, dataCenter: "us", secret: "secret" });
  // @ts-expect-error: values of parameters are strings
  createAuthorization({ page, clientId: "id", redirectUri, dataCenter: "us", params: { a: 1 } });

  for (const input of ["?code=1", redirectUri, new URLSearchParams()]) {
    const callback = parseCallback(input, { state: authorization.state, dataCenter: "us" });
    same<typeof callback.code, string>();
    same<typeof callback.dataCenter, string>();
  }
  parseCallback(redirectUri, { state: null });
  // @ts-expect-error: a state, or that there is none, must be said
  parseCallback(redirectUri, {});
  // @ts-expect-error: a number is no callback
  parseCallback(1, { state: "state" });

  same<typeof dataCenters, readonly DataCenter[]>();
  same<DataCenter["code"], DataCenterCode>();
  same<ReturnType<typeof dataCenterForCountry>, DataCenterCode | undefined>();
  same<DataCenterCode, "cn" | "us" | "ueaz" | "eu" | "weaz" | "in" | "sg">();
  dataCenterForCountry("+49");
  same<ReturnType<typeof ready>, Promise<void>>();
}

export function failures(error: TuyaAuthError): void {
  same<typeof error.code, TuyaAuthErrorCode>();
  same<typeof error.retryable, boolean>();
  same<typeof error.action, string | undefined>();
  same<NonNullable<typeof error.tuya>["code"], number>();
  same<typeof server.TuyaAuthError, typeof TuyaAuthError>();
  // @ts-expect-error: no such code
  if (error.code === "out_of_luck") throw error;
  // @ts-expect-error: it is not changed by who catches it
  error.retryable = true;
}

export function signing(): void {
  using signer = new server.Signer({ ...keys, algorithm: "legacy", pathEncoding: "decoded" });
  const headers = signer.sign({
    ...{ method: "POST", url: redirectUri, body: new Uint8Array(), t: 1_700_000_000_000, nonce: "" },
    ...{ headers: new Headers(), signedHeaders: ["area_id"], accessToken: "token" },
  });
  same<typeof headers.sign, string>();
  same<typeof headers.nonce, string | undefined>();
  void fetch(redirectUri, { headers });
  same<ReturnType<typeof signer.stringToSign>, string>();
  const verdict = signer.verify({ url: "/v1.0/a", headers, now: Date.now() });
  if (!verdict.ok) same<typeof verdict.code | typeof verdict.reason, string>();
  // @ts-expect-error: a right sign has no reason
  if (verdict.ok) same<typeof verdict.reason, string>();
  // @ts-expect-error: no secret
  new server.Signer({ clientId: "id" });
  // @ts-expect-error: no such algorithm
  new server.Signer({ ...keys, algorithm: "newest" });
  // @ts-expect-error: objects are not signed: their bytes are
  signer.sign({ url: "/v1.0/a", body: { a: 1 } });
  // @ts-expect-error: what arrived has headers
  signer.verify({ url: "/v1.0/a" });
}

export function tokens(): void {
  const request = server.buildTokenRequest({ grant: "code", code: "code" });
  same<typeof request.method, "GET">();
  server.buildTokenRequest({ grant: "simple" });
  // @ts-expect-error: a refresh needs its token
  server.buildTokenRequest({ grant: "refresh" });
  const set = server.parseTokenResponse({}, { dataCenter: "us", now: Date.now() });
  same<typeof set, server.TokenSet>();
  same<server.TokenSet["expiresAt"] | server.TokenSet["obtainedAt"], number>();
}

export async function clients(context: { waitUntil(work: Promise<unknown>): void }): Promise<void> {
  const client = new server.TuyaClient({
    ...{ ...keys, dataCenter: "us", store: server.memoryStore(), timeout: 5_000, now: Date.now },
    ...{ fetch: (url, init) => fetch(url, init), encryptionKeys: ["key", new Uint8Array(32)] },
    onEvent: (event) => same<typeof event, server.ClientEvent>(),
  });
  new server.TuyaClient({ ...keys, dataCenter: { code: "mine", openapi: "https://cloud.example" } });
  // @ts-expect-error: a data center of one's own has an address
  new server.TuyaClient({ ...keys, dataCenter: { code: "mine" } });
  // @ts-expect-error: nor is it known by a name of its own
  new server.TuyaClient({ ...keys, dataCenter: "mine" });
  const waiting = { signal: AbortSignal.timeout(1), waitUntil: context.waitUntil };
  same<Awaited<ReturnType<typeof client.exchangeCode>>, server.TokenSet>();
  const calls = client.forUser((await client.exchangeCode("code", waiting)).uid, waiting);
  const query = { ids: ["a", "b"], page: 1, all: true, none: undefined };
  const answer = await calls.request<{ id: string }[]>({ method: "GET", path: "/v1.0/devices", query });
  same<typeof answer.result, { id: string }[]>();
  same<typeof answer.t, number | undefined>();
  // @ts-expect-error: what comes is not known unless it is said
  (await client.request({ path: "/v1.0/devices" })).result.length;
  // @ts-expect-error: null is refused
  await client.request({ path: "/v1.0/devices", query: { id: null } });
  same<Awaited<ReturnType<typeof client.fetch>>, Response>();
  await client.fetch("/v1.0/devices", { method: "POST", body: "{}", signal: waiting.signal });
  await client.refresh("uid", waiting);
  await client.forget();
  await client.importTokens(await client.refresh());
}

export async function handlers(context: { waitUntil(work: Promise<unknown>): void }): Promise<Response> {
  const handler = createAuthHandler({
    ...{ ...keys, origin: "https://app.example", store, basePath: "/auth", errorPath: "/sorry" },
    dataCenters: { us: { page }, eu: { page, callback: "page" }, mine: { page, openapi: page } },
    api: ["GET /v1.0/users/{uid}/devices"],
    subject: (request) => request.headers.get("user"),
    onLinked: ({ subject, uid, dataCenter }) =>
      same<
        readonly [typeof subject, typeof uid, typeof dataCenter],
        readonly [string | undefined, string, string]
      >(),
  });
  // @ts-expect-error: no store
  createAuthHandler({ ...keys, origin: "https://app.example", dataCenters: { us: { page } } });
  createAuthHandler({
    ...{ ...keys, origin: "https://app.example", store },
    // @ts-expect-error: no such callback style
    dataCenters: { us: { page, callback: "both" } },
  });
  return handler.fetch(new Request("https://app.example/auth/session"), context);
}

export async function stores(namespace: {
  idFromName(name: string): string;
  get(id: string): Stub;
}): Promise<void> {
  const all: server.Store[] = [server.memoryStore(), durableObjectStore(namespace), redisStore(redis)];
  const [first = server.memoryStore()] = all;
  const held = await first.get("key");
  await first.set("key", "value", { ttl: 1_000, ifVersion: held?.version ?? "absent" });
  same<Awaited<ReturnType<typeof first.take>>, string | undefined>();
  await (await first.tryLock("key", 1_000))?.release();
  same<ReturnType<TuyaStoreObject["fetch"]>, Promise<Response>>();
  // @ts-expect-error: a value is a string
  await first.set("key", { value: 1 });
}
type Stub = {
  fetch(url: string, init: { method: string; body: string; signal: AbortSignal }): Promise<Response>;
};
declare const redis: Parameters<typeof redisStore>[0];

export function debugging(headers: Record<string, string>): void {
  const { text, sign } = explain(keys, { url: "/v1.0/a", t: 1_700_000_000_000 });
  const { correct, matches } = diagnose(
    keys,
    { url: "/v1.0/a", headers, meant: { query: { a: null } } },
    sign,
  );
  same<typeof correct, boolean>();
  same<typeof text, string>();
  for (const { mistakes } of matches) same<typeof mistakes, readonly MistakeId[]>();
  // @ts-expect-error: no such mistake
  matches[0]?.mistakes.includes("bad_luck");
}

export async function clouds(): Promise<void> {
  const cloud = createCloud({ seed: { callbackOrigin: "https://app.example" }, strict: true });
  const rule: FaultRule = { path: "/v1.0/token", code: 1110, times: 2 };
  await cloud.fail(rule);
  // @ts-expect-error: an answer is cut or corrupt
  await cloud.fail({ body: "late" });
  same<Awaited<ReturnType<typeof cloud.fetch>>, Response>();
  same<Awaited<ReturnType<typeof cloud.advance>>, number>();
  same<typeof seed.accounts.ann.dataCenter, "us">();
  const served = await serveCloud({ storage: sqliteRows("cloud.sqlite") }, { port: 0 });
  same<typeof served.origin, string>();
  await served.close();
}

export function entriesOfOneKind(): void {
  same<typeof nodeTest.useCloud, typeof vitest.useCloud>();
  same<typeof inline.parseCallback, typeof parseCallback>();
  same<ReturnType<(typeof nodeTest)["useCloud"]>["cloud"], ReturnType<typeof createCloud>>();
}

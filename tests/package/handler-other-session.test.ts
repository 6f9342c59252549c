/** Tokens are read beside the link of a session, and used for that session alone. */

import assert from "node:assert/strict";
import { it } from "node:test";
import { createAuthHandler } from "tuya-auth/handler";
import { memoryStore, type Store } from "tuya-auth/server";

const origin = "https://app.example";

/** A cloud that links whoever `user` is, and tells with which token it was called. */
function createCloud() {
  const cloud = { user: "A", calls: [] as string[][] };
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const token = new Headers(init.headers).get("access_token") ?? "";
    if (!url.includes("/v1.0/token")) cloud.calls.push([new URL(url).pathname, token]);
    const [access_token, refresh_token, uid] = ["access", "refresh", "uid"].map((kind) => kind + cloud.user);
    const result = url.includes("/v1.0/token") ? { access_token, refresh_token, uid, expire_time: 7200 } : [];
    return Promise.resolve(Response.json({ success: true, t: Date.now(), result }));
  };
  return { cloud, fetch };
}

/** A browser that may be told to keep no cookies of an answer. */
function createBrowser(handler: { fetch(request: Request): Promise<Response> }) {
  const cookies = new Map<string, string>();
  return async (path: string, keep = true): Promise<Response> => {
    const Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { Cookie, "Sec-Fetch-Site": "same-origin" };
    const answer = await handler.fetch(new Request(origin + path, { headers }));
    for (const cookie of keep ? answer.headers.getSetCookie() : []) {
      const [name = "", value = ""] = cookie.split(";", 1)[0]?.split("=") ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
}

it("sends no call of one account with another account's token, when the session changes under it", async () => {
  const store = memoryStore();
  const keys = new Set<string>();
  let isDown = false;
  const watched: Store = {
    ...store,
    set(key, value, options) {
      keys.add(key);
      return store.set(key, value, options);
    },
    take(key) {
      return isDown && key.includes("session") ? Promise.reject(new Error("down")) : store.take(key);
    },
  };
  const { cloud, fetch } = createCloud();
  const handler = createAuthHandler({
    clientId: "client0id",
    secret: "client0secret",
    origin,
    store: watched,
    dataCenters: { eu: { page: "https://page.example/login" } },
    api: ["GET /v1.0/users/{uid}/devices"],
    fetch,
  });
  const browse = createBrowser(handler);
  const link = async (keep: boolean) => {
    const { headers } = await browse("/auth/login/eu");
    const state = new URL(headers.get("location") ?? "").searchParams.get("state");
    return browse(`/auth/callback/eu?code=c0de&state=${state}`, keep);
  };
  await link(true);

  // A's link was ended and made again elsewhere; B's callback fails where it ends A's session, and its answer is lost.
  const ofLink = [...keys].filter((key) => key.includes("link"));
  assert.ok(ofLink.length > 0);
  for (const key of ofLink) await store.set(key, JSON.stringify({ id: "another" }));
  cloud.user = "B";
  isDown = true;
  await link(false);
  isDown = false;

  assert.equal((await browse("/auth/api/v1.0/users/me/devices")).status, 200);
  assert.deepEqual(cloud.calls, [["/v1.0/users/uidB/devices", "accessB"]]);
});

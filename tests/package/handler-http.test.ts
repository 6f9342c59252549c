import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { memoryStore, type Store } from "tuya-auth/server";

import { appOrigin, createApp, link } from "../support/app.js";

const posts = ["/auth/start/eu", "/auth/exchange/eu", "/auth/logout", "/auth/unlink", "/auth/api/v1.0/x"];

async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error;
}

describe("a request that may change something", () => {
  it("must come from the application's own pages", async () => {
    const app = createApp();
    const browser = app.browser();
    await link(app, browser);
    const foreign: Record<string, string>[] = [
      {},
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "http://app.example" },
      { Origin: "https://app.example.evil.example" },
      { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" },
      { "Sec-Fetch-Site": "same-site" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "none" },
      { Origin: "https://evil.example", Host: "evil.example", "X-Forwarded-Host": "evil.example" },
    ];
    for (const headers of foreign) {
      for (const path of posts) {
        const response = await app.send(browser, path, { method: "POST", headers });
        assert.equal(response.status, 403, `${path} ${JSON.stringify(headers)}`);
        assert.equal(await errorOf(response), "origin_mismatch");
      }
    }
    const session = await app.send(browser, "/auth/session");
    assert.equal(((await session.json()) as { linked: boolean }).linked, true);
  });

  it("may come with the origin, or with the browser's word for it", async () => {
    const own: Record<string, string>[] = [
      { Origin: appOrigin },
      { "Sec-Fetch-Site": "same-origin" },
      { Origin: "null", "Sec-Fetch-Site": "same-origin" },
      { Origin: appOrigin, "Sec-Fetch-Site": "same-origin" },
    ];
    const app = createApp();
    for (const headers of own) {
      const response = await app.send(app.browser(), "/auth/start/eu", { method: "POST", headers });
      assert.equal(response.status, 200);
    }
  });
});

describe("the handler", () => {
  it("goes by its own origin, whatever the request's host says", async () => {
    const app = createApp();
    const headers = { "X-Forwarded-Host": "evil.example", Forwarded: "host=evil.example" };
    const request = new Request("http://10.0.0.7:3000/auth/login/us", { headers });
    const response = await app.handler.fetch(request);
    const { searchParams } = new URL(response.headers.get("Location") ?? "");
    assert.equal(searchParams.get("redirect_uri"), `${appOrigin}/auth/callback/us`);
    assert.match(response.headers.get("Set-Cookie") ?? "", /^__Host-/);
  });

  it("says of every answer that it is not to be kept, and not to be told of", async () => {
    const app = createApp({ api: ["GET /v1.0/users/{uid}/devices"] });
    const browser = app.browser();
    await link(app, browser);
    const own = { Origin: appOrigin };
    const requests: [path: string, init?: RequestInit][] = [
      ["/auth/login/us"],
      ["/auth/login/us", { method: "HEAD" }],
      ["/auth/login/us", { headers: { Purpose: "prefetch" } }],
      ["/auth/login/us?return_to=//evil.example"],
      ["/auth/callback/us"],
      ["/auth/session"],
      ["/auth/nothing"],
      ["/auth/logout"],
      ["/auth/logout", { method: "POST" }],
      ["/auth/start/eu", { method: "POST", headers: own }],
      ["/auth/exchange/eu", { method: "POST", headers: own, body: "{}" }],
      ["/auth/api/v1.0/users/me/devices"],
      ["/auth/api/v1.0/devices"],
      ["/auth/unlink", { method: "POST", headers: own }],
    ];
    for (const [path, init] of requests) {
      const { headers } = await app.send(browser, path, init);
      assert.equal(headers.get("Cache-Control"), "no-store", path);
      assert.equal(headers.get("Referrer-Policy"), "no-referrer", path);
      assert.equal(headers.get("X-Content-Type-Options"), "nosniff", path);
      assert.equal(headers.get("Access-Control-Allow-Origin"), null, path);
    }
  });

  it("has its routes and no others", async () => {
    const app = createApp();
    const headers = { Origin: appOrigin };
    for (const path of [
      "/",
      "/auth",
      "/auth/",
      "/authx/session",
      "/auth/session/",
      "/auth/session/us",
      "/auth/login",
      "/auth/login/",
      "/auth/login/cn",
      "/auth/login/us/",
      "/auth/login/__proto__",
      "/auth/constructor",
      "/auth/toString/us",
      "/auth/api",
      "/Auth/session",
    ]) {
      for (const method of ["GET", "POST"]) {
        assert.equal(
          (await app.send(app.browser(), path, { method, headers })).status,
          404,
          `${method} ${path}`,
        );
      }
    }
  });

  it("takes each route's own methods", async () => {
    const app = createApp();
    const headers = { Origin: appOrigin };
    for (const [path, allow] of [
      ["/auth/login/us", "GET, HEAD"],
      ["/auth/callback/us", "GET, HEAD"],
      ["/auth/session", "GET, HEAD"],
      ["/auth/start/eu", "POST"],
      ["/auth/exchange/eu", "POST"],
      ["/auth/logout", "POST"],
      ["/auth/unlink", "POST"],
    ] as const) {
      for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]) {
        if (allow.split(", ").includes(method)) continue;
        const response = await app.send(app.browser(), path, { method, headers });
        assert.equal(response.status, 405, `${method} ${path}`);
        assert.equal(response.headers.get("Allow"), allow);
      }
    }
  });

  it("answers HEAD as GET, without a body", async () => {
    const app = createApp();
    const response = await app.send(app.browser(), "/auth/session", { method: "HEAD" });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("Content-Type"), "application/json");
    assert.equal(await response.text(), "");
  });

  it("lies under another path when told so", async () => {
    const app = createApp({ basePath: "/account/tuya" });
    assert.equal((await app.send(app.browser(), "/auth/session")).status, 404);
    const response = await app.send(app.browser(), "/account/tuya/login/us");
    const { searchParams } = new URL(response.headers.get("Location") ?? "");
    assert.equal(searchParams.get("redirect_uri"), `${appOrigin}/account/tuya/callback/us`);
  });

  it("answers even when its store fails, and names neither key nor value", async () => {
    const broken = async () => {
      throw new Error("connect to redis://user:password@db.internal failed");
    };
    const store: Store = { ...memoryStore(), get: broken, set: broken, take: broken, delete: broken };
    const app = createApp({ store });
    const page = await app.send(app.browser(), "/auth/login/us");
    assert.equal(page.status, 503);
    assert.doesNotMatch(await page.text(), /redis|password/);
    const start = await app.send(app.browser(), "/auth/start/eu", {
      method: "POST",
      headers: { Origin: appOrigin },
    });
    assert.equal(start.status, 503);
    assert.equal(await errorOf(start), "store_failed");
    assert.deepEqual(app.events, [
      { type: "request_failed", route: "login", code: "store_failed" },
      { type: "request_failed", route: "start", code: "store_failed" },
    ]);
  });

  it("does not fail with its listener", async () => {
    const app = createApp({
      onEvent: () => {
        throw new Error("a bug of the listener's");
      },
    });
    const browser = app.browser();
    assert.equal((await link(app, browser)).redirect, `${appOrigin}/`);
    assert.equal((await app.send(browser, "/auth/callback/us")).status, 400);
  });
});

/** What an attacker writes into requests: addresses to leave for, cookies, headers, hosts, forms of other sites. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuthHandlerOptions } from "tuya-auth/handler";

import { type App, appOrigin, cloudOrigin, createApp, errorOf, link } from "../support/app.js";
import { ann } from "../support/demo-seed.js";
import { type LinkStyle, linkedUser, linkStyles, obtain } from "../support/link-styles.js";
import { openStore, storesNothing } from "../support/open-store.js";

const [server] = linkStyles as readonly [LinkStyle, LinkStyle];
const api = ["GET /v1.0/users/{uid}/devices", "POST /v1.0/devices/{device_id}/commands"];

function setUp(options: Partial<AuthHandlerOptions> = {}) {
  const store = openStore();
  return { store, app: createApp({ store, api, ...options }) };
}

/** Sends a request with exactly these headers. */
function send(app: App, path: string, init: RequestInit = {}): Promise<Response> {
  return app.handler.fetch(new Request(`${appOrigin}${path}`, init));
}

/** The code of a failure, in whatever form it was told. */
async function codeOf(response: Response): Promise<string | undefined> {
  const text = await response.text();
  return /"error":"(\w+)"/.exec(text)?.[1] ?? /<code>(\w+)<\/code>/.exec(text)?.[1];
}

describe("an address to return to", () => {
  const evil = [
    "https://evil.example",
    "https://evil.example/",
    "HTTPS://EVIL.EXAMPLE/",
    "http://app.example/",
    "https://app.example/",
    "https://app.example@evil.example/",
    "https://app.example.evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "//evil.example/%2e%2e",
    "//app.example@evil.example",
    "//evil%E3%80%82example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example\\",
    "\u00a0//evil.example",
    "\ufeff//evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e//evil.example",
    "/%2e%2e//evil.example",
    "/a/..//evil.example",
    "/a/%2E%2E//evil.example",
    "/./\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt://app.example/%0aalert(1)",
    "data:text/html,evil",
    "blob:https://evil.example/x",
    "file:///etc/passwd",
    "evil.example",
    "@evil.example",
    ".evil.example",
    ":@evil.example",
    "?//evil.example",
    "#//evil.example",
    "/\u0000/evil.example",
    "/ok\r\nLocation: https://evil.example",
  ];

  it(`is refused in ${evil.length} spellings that lead elsewhere, before a login begins`, async () => {
    const { app, store } = setUp();
    for (const path of evil) {
      const query = `/auth/login/us?return_to=${encodeURIComponent(path)}`;
      const answer = await storesNothing(store, () => send(app, query));
      assert.equal(answer.status, 400);
      assert.equal(await codeOf(answer), "parameter_invalid", JSON.stringify(path));
      assert.equal(answer.headers.get("Location"), null);
      assert.deepEqual(answer.headers.getSetCookie(), []);
    }
  });

  it("stays on the origin where it only looks like another", async () => {
    const { app } = setUp();
    for (const path of ["/https://evil.example", "/a//evil.example", "/@evil.example", "/%5Cevil.example"]) {
      const answer = await link(app, app.browser(), `?return_to=${encodeURIComponent(path)}`);
      assert.equal(answer.redirect, `${appOrigin}${path}`);
    }
  });
});

describe("a cookie that is overlong, doubled or malformed", () => {
  const spoiled = (name: string, value: string) => [
    "",
    name,
    `${name}=`,
    `${name}=${value}; ${name}=${value}`,
    `${name}=${value}; ${name}=${"A".repeat(43)}`,
    `${name}=${"A".repeat(43)}; ${name}=${value}`,
    `${name}=${value};${name}=`,
    `${name}=${value}x`,
    `${name}=${value.slice(1)}`,
    `${name}=${value}${"x".repeat(100_000)}`,
    `${name}="${value}"`,
    `${name}=${value}=`,
    `${name}=%${value}`,
    `${name} =${value}`,
    `${name.toLowerCase()}=${value}`,
    `${name.toUpperCase()}=${value}`,
    `x${name}=${value}`,
    `${name},${name}=${value}`,
    `x=y,${name}=${value}`,
    `${name}=${value},${name}=${value}`,
    `${";".repeat(10_000)}${name}`,
  ];

  it("opens no login", async () => {
    const { app, store } = setUp();
    const browser = app.browser();
    const returned = await obtain(server, browser);
    const [name = "", value = ""] = (await browser.cookies(appOrigin)).split("=");
    for (const cookie of spoiled(name, value)) {
      const query = new URLSearchParams({ ...returned });
      const init = { headers: { Cookie: cookie } };
      const answer = await storesNothing(store, () => send(app, `/auth/callback/us?${query}`, init));
      assert.equal(await codeOf(answer), "state_mismatch", cookie.slice(0, 200));
    }
    assert.equal(errorOf(await server.deliver(browser, returned)), null);
  });

  it("opens no session", async () => {
    const { app, store } = setUp();
    const browser = app.browser();
    await link(app, browser);
    const cookies = await browser.cookies(appOrigin);
    const [, name = "", value = ""] = /(\S+session)=([\w-]+)/.exec(cookies) ?? [];
    for (const cookie of spoiled(name, value)) {
      const headers = { Cookie: cookie, Origin: appOrigin };
      for (const [path, method] of [
        ["/auth/api/v1.0/users/me/devices", "GET"],
        ["/auth/unlink", "POST"],
      ] as const) {
        const answer = await storesNothing(store, () => send(app, path, { method, headers }));
        assert.equal(await codeOf(answer), "session_missing", cookie.slice(0, 200));
      }
      assert.equal((await send(app, "/auth/logout", { method: "POST", headers })).status, 204);
    }
    assert.equal(await linkedUser(browser), ann.uid);
  });
});

describe("a line break", () => {
  const injected = "%0d%0aX-Evil:%201%0d%0a%0d%0aevil";

  it("in anything that a request may say adds no header, and is refused by a code of its own", async () => {
    const { app, store } = setUp({ errorPath: "/problem" });
    const browser = app.browser();
    const { code, state } = await obtain(server, browser);
    const Cookie = await browser.cookies(appOrigin);
    for (const [path, expected] of [
      [`/auth/login/us?return_to=/${injected}`, "parameter_invalid"],
      [`/auth/login/us?return_to=/&return_to=${injected}`, "parameter_invalid"],
      [`/auth/callback/us?code=${code}&state=${state}${injected}`, "callback_malformed"],
      [`/auth/callback/us?code=${code}${injected}&state=${state}`, "callback_malformed"],
      [`/auth/callback/us?state=${injected}&error=${injected}`, "callback_malformed"],
      [`/auth/callback/us?error=${injected}&error_description=${injected}`, "state_missing"],
    ] as const) {
      const answer = await storesNothing(store, () => send(app, path, { headers: { Cookie } }));
      assert.equal(answer.status, 303);
      assert.equal(answer.headers.get("Location"), `${appOrigin}/problem?link_error=${expected}`);
      assert.equal(answer.headers.get("X-Evil"), null);
    }
    for (const path of [`/auth/login/us${injected}`, `/auth/${injected}`, `/auth/callback/${injected}`]) {
      assert.equal((await storesNothing(store, () => send(app, path))).status, 404);
    }
    const refused = `/auth/callback/us?state=${state}&error=${injected}&error_description=${injected}`;
    const answer = await storesNothing(store, () => send(app, refused, { headers: { Cookie } }));
    assert.equal(answer.headers.get("Location"), `${appOrigin}/problem?link_error=authorization_error`);
  });

  it("in a call for the linked user stays in its place, or the call is refused", async () => {
    const sent: string[] = [];
    const { app, store } = setUp({
      fetch: (url, init) => {
        sent.push(url);
        return app.cloud.fetch(url, init);
      },
    });
    const browser = app.browser();
    await link(app, browser);
    assert.equal(await linkedUser(browser), ann.uid);
    sent.length = 0;
    const refused = await storesNothing(store, () =>
      app.send(browser, `/auth/api/v1.0/users/me${injected}/devices`),
    );
    assert.equal(await codeOf(refused), "permission_denied");
    assert.deepEqual(sent, []);
    const answer = await app.send(browser, `/auth/api/v1.0/users/me/devices?x=${injected}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("X-Evil"), null);
    assert.deepEqual(sent, [`${cloudOrigin}/us/v1.0/users/${ann.uid}/devices?x=${injected}`]);
  });
});

describe("a forged host", () => {
  const forged: Record<string, string>[] = [
    { Host: "evil.example" },
    { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "X-Forwarded-Port": "80" },
    { Forwarded: "for=10.0.0.1;host=evil.example;proto=http" },
    { "X-Original-URL": "/auth/logout", "X-Rewrite-URL": "/auth/logout" },
    { "X-HTTP-Method-Override": "POST", "X-Forwarded-Prefix": "//evil.example" },
    { "X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", Via: "1.1 evil.example" },
  ];

  it("decides nothing: addresses, cookies and who may change something follow the configured origin", async () => {
    const { app, store } = setUp();
    for (const headers of forged) {
      for (const host of ["https://evil.example", "http://app.example", "http://127.0.0.1:80"]) {
        const request = (path: string, init: RequestInit = {}) =>
          app.handler.fetch(
            new Request(`${host}${path}`, { ...init, headers: { ...headers, ...init.headers } }),
          );
        const login = await request("/auth/login/us?return_to=/here");
        const page = new URL(login.headers.get("Location") ?? "");
        assert.equal(page.origin, cloudOrigin);
        assert.equal(page.searchParams.get("redirect_uri"), `${appOrigin}/auth/callback/us`);
        assert.match(login.headers.getSetCookie().join(), /^__Host-[^,]*; Secure; HttpOnly; SameSite=Lax$/);

        const theirs = { method: "POST", headers: { Origin: host } };
        const answer = await storesNothing(store, () => request("/auth/start/eu", theirs));
        assert.equal(await codeOf(answer), "origin_mismatch");
        const elsewhere = await request(`/auth/login/us?return_to=${host}/`);
        assert.equal(await codeOf(elsewhere), "parameter_invalid");
      }
    }
  });

  it("does not send a finished link elsewhere", async () => {
    const { app } = setUp();
    const browser = app.browser();
    const returned = await obtain(server, browser);
    const headers = { ...forged[1], Cookie: await browser.cookies(appOrigin) };
    const url = `https://evil.example/auth/callback/us?${new URLSearchParams({ ...returned })}`;
    const answer = await app.handler.fetch(new Request(url, { headers }));
    assert.equal(answer.headers.get("Location"), `${appOrigin}/`);
    assert.match(answer.headers.getSetCookie().join(), /^__Host-[^,]*; Secure; HttpOnly; SameSite=Lax$/);
  });
});

describe("a form of another site", () => {
  it("changes nothing, in each encoding that a form or a plain request may have", async () => {
    const { app, store } = setUp();
    const browser = app.browser();
    await link(app, browser);
    const { code, state } = await obtain(linkStyles[1] as LinkStyle, browser);
    const body = JSON.stringify({ code, state });
    for (const type of [
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/plain",
    ]) {
      for (const path of ["start/eu", "exchange/eu", "logout", "unlink", "api/v1.0/devices/d1/commands"]) {
        for (const site of [
          { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
          { Origin: "null", "Sec-Fetch-Site": "cross-site" },
          { Origin: "https://sub.app.example", "Sec-Fetch-Site": "same-site" },
          { Origin: "https://app.example:8443" },
          { Origin: "https://app.example, https://evil.example" },
          { Origin: "https://app.example/" },
          { Origin: "" },
          { Referer: `${appOrigin}/` },
        ]) {
          const headers = { ...site, "Content-Type": type } as Record<string, string>;
          const init = { method: "POST", headers, body };
          const answer = await storesNothing(store, () => app.send(browser, `/auth/${path}`, init));
          assert.equal(await codeOf(answer), "origin_mismatch", `${path} ${JSON.stringify(headers)}`);
        }
      }
    }
    assert.equal(await linkedUser(browser), ann.uid);
  });
});

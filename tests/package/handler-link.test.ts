import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { memoryStore, type Store } from "tuya-auth/server";

import {
  type App,
  appOrigin,
  authorize,
  beginLogin,
  cloudOrigin,
  createApp,
  errorOf,
  link,
  redirectOf,
} from "../support/app.js";
import { ann, appKeys } from "../support/demo-seed.js";

const consentPage = `${cloudOrigin}/us/d/consent`;

/** How often the cloud was asked to exchange a code. */
async function exchanges(app: App): Promise<number> {
  return (await app.cloud.requests()).filter(({ target }) => target.includes("grant_type=2")).length;
}

describe("a link by the handler's own callback", () => {
  it("goes from login to session, and back to where it began", async () => {
    const app = createApp();
    const browser = app.browser();
    const answer = await link(app, browser, "?return_to=/devices%3Fview%3Dlist%23top");
    assert.equal(answer.status, 303);
    assert.equal(answer.redirect, `${appOrigin}/devices?view=list#top`);
    const session = await browser.fetch(`${appOrigin}/`, "GET", "/auth/session");
    assert.deepEqual(session.json(), { linked: true, uid: ann.uid, dataCenter: "us" });
    assert.deepEqual(app.events, [{ type: "linked", uid: ann.uid, dataCenter: "us" }]);
  });

  it("sends the browser to the authorization page with just what the documents name", async () => {
    const app = createApp();
    const url = new URL(await beginLogin(app, app.browser()));
    assert.equal(`${url.origin}${url.pathname}`, `${cloudOrigin}/us/d/login`);
    assert.deepEqual([...url.searchParams.keys()].sort(), ["client_id", "redirect_uri", "state"]);
    assert.equal(url.searchParams.get("client_id"), appKeys.clientId);
    assert.equal(url.searchParams.get("redirect_uri"), `${appOrigin}/auth/callback/us`);
    assert.match(url.searchParams.get("state") ?? "", /^[\w-]{22}\.us$/);
  });

  it("keeps its secrets in cookies that scripts and other hosts cannot reach, and plain ones on loopback", async () => {
    for (const [origin, form] of [
      [appOrigin, /^__Host-tuya-auth-\w+=[\w-]{43}; Max-Age=\d+; Path=\/; Secure; HttpOnly; SameSite=Lax$/],
      ["http://localhost:8788", /^tuya-auth-\w+=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/],
    ] as const) {
      const app = createApp({ origin });
      const browser = app.browser();
      const login = await browser.open(`${origin}/auth/login/us`);
      const answer = await browser.open(await authorize(browser, redirectOf(login)));
      for (const page of [login, answer]) {
        const cookies = page.headers.getSetCookie();
        assert.equal(cookies.length, 1);
        assert.match(cookies[0] ?? "", form);
      }
    }
  });

  it("stores neither a state nor a browser's secret nor a session's id", async () => {
    const kept: string[] = [];
    const store = memoryStore();
    const watched: Store = {
      ...store,
      set: (key, value, options) => {
        kept.push(key, value);
        return store.set(key, value, options);
      },
    };
    const app = createApp({ store: watched });
    const browser = app.browser();
    const page = await beginLogin(app, browser);
    await browser.open(await authorize(browser, page), consentPage);
    const cookies = (await browser.cookies(appOrigin)).split("; ").map((pair) => pair.split("=")[1] ?? "");
    assert.equal(cookies.length, 2);
    for (const secret of [new URL(page).searchParams.get("state") ?? "", ...cookies]) {
      assert.ok(secret.length > 20);
      assert.equal(kept.join("\n").includes(secret), false);
    }
  });

  it("keeps the runtime going from before it uses the login up until the session is stored", async () => {
    const kept: Promise<unknown>[] = [];
    const heldBefore: number[] = [];
    const store = memoryStore();
    const watched: Store = {
      ...store,
      take: (key) => {
        heldBefore.push(kept.length);
        return store.take(key);
      },
    };
    const app = createApp({ store: watched });
    const browser = app.browser();
    const callback = await authorize(browser, await beginLogin(app, browser));
    const headers = { Cookie: await browser.cookies(appOrigin) };
    const context = { waitUntil: (work: Promise<unknown>) => kept.push(work) };
    // Nobody waits for the answer: the browser has gone away.
    void app.handler.fetch(new Request(callback, { headers }), context);
    assert.equal(kept.length, 1);
    await Promise.all(kept);
    assert.deepEqual(heldBefore, [1]);
    const session = await browser.fetch(`${appOrigin}/`, "GET", "/auth/session");
    assert.deepEqual(session.json(), { linked: true, uid: ann.uid, dataCenter: "us" });
  });

  it("reports a refusal, after which the login is over", async () => {
    const app = createApp({ errorPath: "/problem?from=link" });
    const browser = app.browser();
    const callback = await authorize(browser, await beginLogin(app, browser), { decision: "refuse" });
    const refused = await browser.open(callback, consentPage);
    assert.equal(refused.redirect, `${appOrigin}/problem?from=link&link_error=access_denied`);
    assert.equal(errorOf(await browser.open(callback, consentPage)), "state_mismatch");
    assert.equal(await exchanges(app), 0);
  });

  it("reports a wrong secret by its code and says nothing of it", async () => {
    const app = createApp({ secret: "another0secret000000000000000001" });
    const page = await link(app, app.browser());
    assert.equal(page.status, 502);
    assert.equal(errorOf(page), "sign_invalid");
    assert.doesNotMatch(page.text, /another0secret|demo0app0client/);
    assert.deepEqual(app.events, [{ type: "request_failed", route: "callback", code: "sign_invalid" }]);
  });
});

describe("a login", () => {
  it("is used up once, also by 20 callbacks at a time", async () => {
    const app = createApp();
    const browser = app.browser();
    const callback = await authorize(browser, await beginLogin(app, browser));
    const path = callback.slice(appOrigin.length);
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.send(browser, path)));
    assert.equal(answers.filter(({ status }) => status === 303).length, 1);
    assert.equal(answers.filter(({ status }) => status === 400).length, 19);
    assert.equal(await exchanges(app), 1);
  });

  it("belongs to its browser: another one's callback fails and does not use it up", async () => {
    const app = createApp();
    const [browser, other] = [app.browser(), app.browser()];
    const callback = await authorize(browser, await beginLogin(app, browser));
    assert.equal(errorOf(await other.open(callback, consentPage)), "state_mismatch");
    await beginLogin(app, other);
    assert.equal(errorOf(await other.open(callback, consentPage)), "state_mismatch");
    assert.equal(await exchanges(app), 0);
    assert.equal((await browser.open(callback, consentPage)).redirect, `${appOrigin}/`);
  });

  it("is not used up by HEAD or by a browser that loads ahead", async () => {
    const app = createApp();
    const browser = app.browser();
    const callback = await authorize(browser, await beginLogin(app, browser));
    const path = callback.slice(appOrigin.length);
    const head = await app.send(browser, path, { method: "HEAD" });
    assert.equal(head.status, 204);
    for (const headers of [
      { "Sec-Purpose": "prefetch;prerender" },
      { Purpose: "prefetch" },
      { "X-Moz": "prefetch" },
    ]) {
      const early = await app.send(browser, path, { headers });
      assert.equal(early.status, 503);
      assert.deepEqual(early.headers.getSetCookie(), []);
    }
    assert.equal(await exchanges(app), 0);
    assert.equal((await browser.open(callback, consentPage)).redirect, `${appOrigin}/`);
  });

  it("is begun neither by HEAD nor by a browser that loads ahead", async () => {
    const app = createApp();
    for (const init of [{ method: "HEAD" }, { headers: { "Sec-Purpose": "prefetch" } }]) {
      const answer = await app.send(app.browser(), "/auth/login/us", init);
      assert.deepEqual(answer.headers.getSetCookie(), []);
      assert.equal(answer.headers.get("Location"), null);
    }
  });

  it("ends after ten minutes", async () => {
    const app = createApp();
    const browser = app.browser();
    const callback = await authorize(browser, await beginLogin(app, browser));
    app.advance(10 * 60_000 - 1_000);
    assert.notEqual(errorOf(await browser.open(callback, consentPage)), "state_mismatch");
    const late = await authorize(browser, await beginLogin(app, browser));
    app.advance(10 * 60_000);
    assert.equal(errorOf(await browser.open(late, consentPage)), "state_mismatch");
  });

  it("may be one of five of a browser, in several tabs; a sixth ends the oldest", async () => {
    const app = createApp();
    const browser = app.browser();
    const pages: string[] = [];
    for (let tab = 0; tab < 6; tab += 1) pages.push(await beginLogin(app, browser));
    const callbacks: string[] = [];
    for (const page of pages) callbacks.push(await authorize(browser, page));
    const codes = [];
    for (const callback of callbacks) codes.push(errorOf(await browser.open(callback, consentPage)));
    assert.deepEqual(codes, ["state_mismatch", null, null, null, null, null]);
  });

  it("counts as open no longer once it was used up", async () => {
    const app = createApp();
    const browser = app.browser();
    const first = await beginLogin(app, browser);
    for (let round = 0; round < 6; round += 1) assert.equal(errorOf(await link(app, browser)), null);
    assert.equal(errorOf(await browser.open(await authorize(browser, first), consentPage)), null);
  });
});

describe("a callback", () => {
  /** A callback that would succeed, with its parameters changed. */
  async function changed(change: (params: URLSearchParams) => void): Promise<string | null> {
    const app = createApp();
    const browser = app.browser();
    const url = new URL(await authorize(browser, await beginLogin(app, browser)));
    change(url.searchParams);
    return errorOf(await browser.open(url, consentPage));
  }

  it("is checked in the documented order", async () => {
    assert.equal(await changed((params) => params.append("code", "again")), "callback_malformed");
    assert.equal(await changed((params) => params.append("state", "again")), "callback_malformed");
    assert.equal(await changed((params) => params.set("code", "x".repeat(5000))), "callback_malformed");
    assert.equal(await changed((params) => params.delete("state")), "state_missing");
    assert.equal(await changed((params) => params.set("state", `${"A".repeat(22)}.us`)), "state_mismatch");
    assert.equal(await changed((params) => params.set("state", `${"A".repeat(22)}.eu`)), "state_mismatch");
    assert.equal(await changed((params) => params.delete("code")), "code_missing");
    assert.equal(await changed((params) => params.set("error", "server_error")), "authorization_error");
    assert.equal(await changed((params) => params.set("code", "0".repeat(32))), "code_invalid");
    assert.equal(await changed((params) => params.set("extra", "parameter")), null);
  });

  it("works at the data center that its login was begun for, and at no other", async () => {
    const both = {
      us: { page: `${cloudOrigin}/us/d/login`, openapi: `${cloudOrigin}/us` },
      eu: { page: `${cloudOrigin}/eu/d/login`, openapi: `${cloudOrigin}/eu` },
    };
    const app = createApp({ dataCenters: both });
    const browser = app.browser();
    const callback = await authorize(browser, await beginLogin(app, browser));
    const moved = callback.replace("/callback/us", "/callback/eu");
    assert.equal(errorOf(await browser.open(moved, consentPage)), "wrong_data_center");
    assert.equal(await exchanges(app), 0);
    assert.equal(errorOf(await browser.open(callback, consentPage)), null);
  });

  it("never shows what came with it", async () => {
    const app = createApp();
    const path = "/auth/callback/us?state=%3Cscript%3E&error=%3Cscript%3E&error_description=%3Cscript%3E";
    const answer = await app.send(app.browser(), path);
    assert.doesNotMatch(await answer.text(), /script/);
    assert.equal(answer.headers.get("Content-Type"), "text/html; charset=utf-8");
    assert.match(answer.headers.get("Content-Security-Policy") ?? "", /default-src 'none'/);
  });
});

describe("return_to", () => {
  it("is a path of the application's origin", async () => {
    const app = createApp();
    const good = ["/", "/a/b?c=d&e=%2F%2Ff#g", "/%2F%2Fevil.example", "/a//b", "/@evil.example", "/:80"];
    for (const path of good) {
      const answer = await link(app, app.browser(), `?return_to=${encodeURIComponent(path)}`);
      assert.equal(answer.redirect, `${appOrigin}${path}`);
    }
  });

  it("is refused before a login begins when it leads elsewhere", async () => {
    const app = createApp();
    const bad = [
      "",
      "devices",
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "/.//evil.example",
      "/..//evil.example",
      "/x/..//evil.example",
      "https://evil.example/",
      "https:/evil.example",
      "javascript:alert(1)",
      "/\t/evil.example",
      "\t//evil.example",
      " //evil.example",
      "/\n/evil.example",
      "/\u0000",
      "/\u007f",
      `/${"x".repeat(3000)}`,
    ];
    for (const path of bad) {
      const page = await app
        .browser()
        .open(`${appOrigin}/auth/login/us?return_to=${encodeURIComponent(path)}`);
      assert.equal(errorOf(page), "parameter_invalid", JSON.stringify(path));
      assert.deepEqual(page.headers.getSetCookie(), []);
    }
    const twice = await app.browser().open(`${appOrigin}/auth/login/us?return_to=/a&return_to=/b`);
    assert.equal(errorOf(twice), "parameter_invalid");
  });
});

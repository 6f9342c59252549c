import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Browser } from "../../www/demo/browser.js";
import { type App, appOrigin, createApp, errorOf, link } from "../support/app.js";
import { ann } from "../support/demo-seed.js";

const page = `${appOrigin}/`;
const DAY = 24 * 60 * 60_000;
const linked = { linked: true, uid: ann.uid, dataCenter: "us" };
const unlinked = { linked: false };

async function session(browser: Browser): Promise<unknown> {
  return (await browser.fetch(page, "GET", "/auth/session")).json();
}

/** A browser with a session of ann's link. */
async function linkedBrowser(app: App): Promise<Browser> {
  const browser = app.browser();
  await link(app, browser);
  return browser;
}

describe("a session", () => {
  it("is of the browser that linked", async () => {
    const app = createApp();
    assert.deepEqual(await session(await linkedBrowser(app)), linked);
    assert.deepEqual(await session(app.browser()), unlinked);
  });

  it("ends after seven days without use, and after thirty at most", async () => {
    const app = createApp();
    const [used, idle] = [await linkedBrowser(app), await linkedBrowser(app)];
    app.advance(6 * DAY);
    assert.deepEqual(await session(used), linked);
    app.advance(2 * DAY);
    assert.deepEqual(await session(idle), unlinked);
    for (let day = 8; day < 30; day += 2) {
      assert.deepEqual(await session(used), linked, `day ${day}`);
      app.advance(2 * DAY);
    }
    assert.deepEqual(await session(used), unlinked);
  });

  it("lives as long as the options say", async () => {
    const app = createApp({ session: { idle: 60_000, max: 150_000 } });
    const browser = await linkedBrowser(app);
    for (const expected of [linked, linked, linked, unlinked]) {
      assert.deepEqual(await session(browser), expected);
      app.advance(50_000);
    }
  });

  it("gets a new id at each link, and the old one ends", async () => {
    const app = createApp();
    const browser = await linkedBrowser(app);
    const old = await browser.cookies(page);
    await link(app, browser);
    assert.notEqual(await browser.cookies(page), old);
    const stale = await app.handler.fetch(new Request(`${page}auth/session`, { headers: { Cookie: old } }));
    assert.deepEqual(await stale.json(), unlinked);
    assert.deepEqual(await session(browser), linked);
  });

  it("is nobody's when the cookie is doubled or not of our making", async () => {
    const app = createApp();
    const cookies = await (await linkedBrowser(app)).cookies(page);
    const good = cookies.split("; ").find((pair) => pair.includes("session")) ?? "";
    for (const [cookie, expected] of [
      [good, linked],
      [`a=b;${good} ; c=d`, linked],
      [`${good}; ${good}`, unlinked],
      [`${good}x`, unlinked],
      [good.replace("__Host-", ""), unlinked],
      [`${good.split("=")[0]}=${"A".repeat(43)}`, unlinked],
    ] as const) {
      const answer = await app.handler.fetch(
        new Request(`${page}auth/session`, { headers: { Cookie: cookie } }),
      );
      assert.deepEqual(await answer.json(), expected, cookie);
    }
  });
});

describe("logout", () => {
  it("ends this session and leaves the link and its other sessions", async () => {
    const app = createApp();
    const [browser, other] = [await linkedBrowser(app), await linkedBrowser(app)];
    const cookies = await browser.cookies(page);
    const answer = await browser.fetch(page, "POST", "/auth/logout");
    assert.equal(answer.status, 204);
    assert.doesNotMatch(await browser.cookies(page), /session/);
    const stale = await app.handler.fetch(
      new Request(`${page}auth/session`, { headers: { Cookie: cookies } }),
    );
    assert.deepEqual(await stale.json(), unlinked);
    assert.deepEqual(await session(other), linked);
    assert.deepEqual(app.events.at(-1), { type: "logged_out", uid: ann.uid, dataCenter: "us" });
  });

  it("does no harm without a session", async () => {
    const answer = await createApp().browser().fetch(page, "POST", "/auth/logout");
    assert.equal(answer.status, 204);
  });
});

describe("unlink", () => {
  it("ends every session of the link, refreshes once, and forgets the tokens", async () => {
    const app = createApp({ api: ["GET /v1.0/users/{uid}/devices"] });
    const [browser, other] = [await linkedBrowser(app), await linkedBrowser(app)];
    const answer = await browser.fetch(page, "POST", "/auth/unlink");
    assert.equal(answer.status, 204);
    for (const each of [browser, other]) assert.deepEqual(await session(each), unlinked);
    assert.equal(
      errorOf(await other.fetch(page, "GET", "/auth/api/v1.0/users/me/devices")),
      "session_missing",
    );

    const refreshes = (await app.cloud.requests()).filter(({ target }) => /\/token\/[^/]+$/.test(target));
    assert.deepEqual(
      refreshes.map(({ verdict }) => verdict),
      ["ok"],
    );
    const key = `token:demo0app0client0id00:us:user:${ann.uid}`;
    assert.equal(await app.store.get(key), undefined);
    const told = app.events.filter((event) => "type" in event && event.type === "unlinked");
    assert.deepEqual(told, [{ type: "unlinked", uid: ann.uid, dataCenter: "us" }]);
  });

  it("does so when the cloud is out of reach", async () => {
    let reachable = true;
    const app: App = createApp({
      fetch: (url, init) => (reachable ? app.cloud.fetch(url, init) : Promise.reject(new Error("unplugged"))),
    });
    const browser = await linkedBrowser(app);
    reachable = false;
    assert.equal((await browser.fetch(page, "POST", "/auth/unlink")).status, 204);
    assert.deepEqual(await session(browser), unlinked);
    assert.equal(await app.store.get(`token:demo0app0client0id00:us:user:${ann.uid}`), undefined);
  });

  it("lets the account be linked again, without reviving a session", async () => {
    const app = createApp();
    const [browser, other] = [await linkedBrowser(app), await linkedBrowser(app)];
    await browser.fetch(page, "POST", "/auth/unlink");
    await link(app, browser);
    assert.deepEqual(await session(browser), linked);
    assert.deepEqual(await session(other), unlinked);
  });

  it("needs a session", async () => {
    const answer = await createApp().browser().fetch(page, "POST", "/auth/unlink");
    assert.equal(answer.status, 401);
    assert.equal(errorOf(answer), "session_missing");
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseCallback } from "tuya-auth";

import type { Browser } from "../../www/demo/browser.js";
import type { Page } from "../../www/demo/page.js";
import { type App, appOrigin, authorize, cloudOrigin, createApp, errorOf } from "../support/app.js";
import { bo } from "../support/demo-seed.js";

const callbackPage = `${appOrigin}/auth/callback/eu`;

interface Started {
  url: string;
  state: string;
  expiresAt: number;
}

async function start(browser: Browser): Promise<Started> {
  return (await browser.fetch(`${appOrigin}/`, "POST", "/auth/start/eu")).json() as Started;
}

/** Starts a login, logs bo in and confirms: what the page then hands over. */
async function obtain(browser: Browser): Promise<{ code: string; state: string }> {
  const { url, state } = await start(browser);
  const callback = await authorize(browser, url, { account: bo });
  assert.ok(callback.startsWith(`${callbackPage}?`));
  const { code } = parseCallback(callback, { state, dataCenter: "eu" });
  return { code, state };
}

function exchange(browser: Browser, body: unknown, path = "/auth/exchange/eu"): Promise<Page> {
  return browser.fetch(callbackPage, "POST", path, body);
}

async function exchanges(app: App): Promise<number> {
  return (await app.cloud.requests()).filter(({ target }) => target.includes("grant_type=2")).length;
}

describe("a link whose code the page takes", () => {
  it("starts with a state of the server's, and ends with a session", async () => {
    const app = createApp();
    const browser = app.browser();
    const before = Date.now();
    const { url, state, expiresAt } = await start(browser);
    assert.match(state, /^[\w-]{22}\.eu$/);
    assert.equal(new URL(url).searchParams.get("state"), state);
    assert.equal(new URL(url).searchParams.get("redirect_uri"), callbackPage);
    assert.ok(expiresAt >= before + 600_000 && expiresAt <= Date.now() + 600_000);

    const answer = await exchange(browser, await obtain(browser));
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json(), { linked: true, uid: bo.uid, dataCenter: "eu" });
    const session = await browser.fetch(`${appOrigin}/`, "GET", "/auth/session");
    assert.deepEqual(session.json(), { linked: true, uid: bo.uid, dataCenter: "eu" });
  });

  it("takes a state once, and from its own browser alone", async () => {
    const app = createApp();
    const [browser, other] = [app.browser(), app.browser()];
    const taken = await obtain(browser);
    assert.equal(errorOf(await exchange(other, taken)), "state_mismatch");
    await start(other);
    assert.equal(errorOf(await exchange(other, taken)), "state_mismatch");
    assert.equal(await exchanges(app), 0);
    assert.equal((await exchange(browser, taken)).status, 200);
    const again = await exchange(browser, taken);
    assert.equal(again.status, 400);
    assert.equal(errorOf(again), "state_mismatch");
    assert.equal(await exchanges(app), 1);
  });

  it("checks what the page hands over", async () => {
    const browser = createApp().browser();
    const { code, state } = await obtain(browser);
    for (const [body, error] of [
      [undefined, "callback_malformed"],
      ["text", "callback_malformed"],
      [null, "callback_malformed"],
      [{ code, state: 1 }, "callback_malformed"],
      [{ code: [code], state }, "callback_malformed"],
      [{ code: "x".repeat(20_000), state }, "callback_malformed"],
      [{ code, state: "" }, "state_missing"],
      [{ code, state: state.replace(".eu", ".us") }, "state_mismatch"],
      [{ code: "", state }, "code_missing"],
    ] as const) {
      assert.equal(errorOf(await exchange(browser, body)), error, JSON.stringify(body)?.slice(0, 80));
    }
  });

  it("leaves the callback's address to the page, and has no route of the other style", async () => {
    const app = createApp();
    const browser = app.browser();
    for (const path of ["/auth/callback/eu?code=x&state=y", "/auth/login/eu"]) {
      assert.equal((await browser.open(`${appOrigin}${path}`, cloudOrigin)).status, 404);
    }
    for (const path of ["/auth/start/us", "/auth/exchange/us"]) {
      assert.equal((await browser.fetch(`${appOrigin}/`, "POST", path)).status, 404);
    }
  });

  it("answers failures with their code, and what to do", async () => {
    const answer = await exchange(createApp().browser(), { code: "x", state: `${"A".repeat(22)}.eu` });
    const { error, message, retryable, action } = answer.json() as Record<string, unknown>;
    assert.equal(error, "state_mismatch");
    assert.equal(typeof message, "string");
    assert.equal(retryable, false);
    assert.equal(typeof action, "string");
  });
});

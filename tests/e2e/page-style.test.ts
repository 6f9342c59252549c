/** A data center whose code the page takes: start, login, consent, callback on the page, exchange. */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { parseCallback } from "tuya-auth";
import { Browser } from "../../www/demo/browser.js";
import type { Page } from "../../www/demo/page.js";
import { type ServedDemo, serveDemo } from "./demo-process.js";
import { bo, confirm } from "./person.js";

const dataCenter = "eu";

let demo: ServedDemo;
before(async () => {
  demo = await serveDemo();
});
after(() => demo.stop());

/** Logs in and consents. @returns the browser, the state that the worker gave, and the page at the callback */
async function comeBack(): Promise<{ browser: Browser; state: string; landed: Page }> {
  const browser = new Browser();
  const home = `${demo.origin}/`;
  const started = await browser.fetch(home, "POST", `/auth/start/${dataCenter}`);
  assert.equal(started.status, 200, started.text);
  const { url, state } = started.json() as { url: string; state: string };
  const login = await browser.open(url, home);
  const landed = await confirm(browser, login, bo);
  return { browser, state, landed };
}

describe("a link whose code the page takes", () => {
  it("serves the page at the callback, and opens a session for the code it hands over", async () => {
    const { browser, state, landed } = await comeBack();
    assert.equal(new URL(landed.url).pathname, `/auth/callback/${dataCenter}`);
    assert.equal(landed.status, 200);
    assert.match(landed.headers.get("Content-Type") ?? "", /^text\/html/);
    assert.equal(landed.headers.get("Referrer-Policy"), "no-referrer");
    assert.notEqual(landed.html().querySelector("#link-form"), null);

    const { code } = parseCallback(landed.url, { state, dataCenter });
    const exchanged = await browser.fetch(landed.url, "POST", `/auth/exchange/${dataCenter}`, {
      code,
      state,
    });
    assert.ok(exchanged.status >= 200 && exchanged.status < 300, exchanged.text);
    const session = (await browser.fetch(landed.url, "GET", "/auth/session")).json() as { uid?: string };
    assert.equal(session.uid, bo.uid);
    const devices = await browser.fetch(landed.url, "GET", `/auth/api/v1.0/users/${bo.uid}/devices`);
    assert.equal((devices.json() as { result: unknown[] }).result.length, 2);
  });

  it("takes a code once", async () => {
    const { browser, state, landed } = await comeBack();
    const { code } = parseCallback(landed.url, { state, dataCenter });
    const exchange = () => browser.fetch(landed.url, "POST", `/auth/exchange/${dataCenter}`, { code, state });
    assert.ok((await exchange()).status < 300);
    assert.equal((await exchange()).status, 400);
  });

  it("refuses a code that another browser hands over", async () => {
    const { state, landed } = await comeBack();
    const { code } = parseCallback(landed.url, { state, dataCenter });
    const other = new Browser();
    const answer = await other.fetch(landed.url, "POST", `/auth/exchange/${dataCenter}`, { code, state });
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}`);
  });

  it("refuses requests of other origins", async () => {
    const browser = new Browser();
    const answer = await browser.fetch(`${demo.cloud}/`, "POST", `${demo.origin}/auth/start/${dataCenter}`);
    assert.equal(answer.status, 403);
  });
});

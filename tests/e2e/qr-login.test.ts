/// <reference lib="dom" />
/** Login by QR code with two real browsers: one shows the code, the other one is the phone. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Page } from "puppeteer-core";

import { ann } from "../support/demo-seed.js";
import {
  follow,
  logIn,
  openBrowser,
  openCode,
  readCode,
  scanState,
  state,
  useStage,
  waitForScan,
} from "./authorization-page.js";

const stage = useStage();

/** The addresses, without query, that the page's window goes to from now on. */
function journey(page: Page): string[] {
  const addresses: string[] = [];
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame()) addresses.push(frame.url().split("?")[0] ?? "");
  });
  return addresses;
}

/** Marks the document, so that one that was loaded again can be told from it. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.id = "marked";
  });
}

function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.id === "marked");
}

/** Scans the code that `first` shows with a new phone, and logs in there. @returns the phone's page that asks */
async function scan(first: Page): Promise<Page> {
  const phone = await openBrowser(stage.browser);
  await phone.goto(await readCode(first));
  await logIn(phone);
  return phone;
}

describe("login by QR code", () => {
  it("goes on to consent and callback without a reload, once the phone confirms", async () => {
    const first = await openBrowser(stage.browser);
    await openCode(first, stage);
    const link = new URL(await readCode(first));
    assert.equal(link.origin, stage.cloud.origin);
    assert.equal(link.pathname, "/us/d/scan");
    await mark(first);
    const addresses = journey(first);

    const phone = await scan(first);
    await waitForScan(first, "scanned");
    assert.equal(await isMarked(first), true, "the same document shows that it was scanned");
    assert.equal(
      await first.$eval("[role=status]", (shown) => shown.textContent),
      "Scanned. Confirm on your phone.",
    );
    assert.match(
      await phone.$eval("dl", (list) => list.textContent ?? ""),
      /Demo project.*Demo Home.*ann@example/s,
    );

    await Promise.all([first.waitForNavigation(), follow(phone, "button[value=confirm]")]);
    assert.equal(await phone.$eval("h1", (heading) => heading.textContent), "Login confirmed");
    assert.match(await first.$eval("dl", (list) => list.textContent ?? ""), /ann@example\.com/);
    await follow(first, "button[value=confirm]");
    const callback = new URL(first.url());
    assert.equal(`${callback.origin}${callback.pathname}`, stage.callback);
    assert.equal(callback.searchParams.get("state"), state);
    assert.match(callback.searchParams.get("code") ?? "", /^[0-9a-f]{32}$/);
    assert.deepEqual(addresses, [`${stage.cloud.origin}/us/d/consent`, stage.callback]);
  });

  it("lets a phone confirm a second time without a password", async () => {
    const first = await openBrowser(stage.browser);
    await openCode(first, stage);
    const phone = await scan(first);
    await Promise.all([first.waitForNavigation(), follow(phone, "button[value=confirm]")]);

    const second = await openBrowser(stage.browser);
    await openCode(second, stage);
    await phone.goto(await readCode(second));
    assert.equal(await phone.$("#password"), null);
    await Promise.all([second.waitForNavigation(), follow(phone, "button[value=confirm]")]);
    assert.equal(new URL(second.url()).pathname, "/us/d/consent");
  });

  it("shows that the phone cancelled, and takes a fresh code by one press", async () => {
    const first = await openBrowser(stage.browser);
    await openCode(first, stage);
    const old = await readCode(first);
    const phone = await scan(first);
    await mark(first);
    await follow(phone, "button[value=cancel]");
    await waitForScan(first, "cancelled");
    assert.equal(await isMarked(first), true);
    await follow(first, "#renew button");
    assert.equal(await scanState(first), "waiting");
    assert.notEqual(await readCode(first), old);
  });

  it("shows a code that is too old, and a scan of it leads nowhere", async () => {
    const first = await openBrowser(stage.browser);
    await openCode(first, stage);
    const old = await readCode(first);
    await stage.cloud.control("advance", { ms: 180_000 });
    await waitForScan(first, "expired");
    const phone = await openBrowser(stage.browser);
    const response = await phone.goto(old);
    assert.equal(response?.status(), 400);
    await phone.waitForSelector("[role=alert]:focus");
    await follow(first, "#renew button");
    assert.equal(await scanState(first), "waiting");
  });

  it("says so when the login itself is over", async () => {
    const first = await openBrowser(stage.browser);
    await openCode(first, stage);
    const over = first.waitForSelector("[role=alert]");
    await stage.cloud.control("advance", { ms: 600_000 });
    assert.match((await (await over)?.evaluate((error) => error.textContent)) ?? "", /login is over/);
  });

  it("goes on by its button without JavaScript", async () => {
    const first = await openBrowser(stage.browser);
    await first.setJavaScriptEnabled(false);
    await openCode(first, stage);
    await follow(first, "#go-on button");
    assert.equal(await scanState(first), "waiting");
    const phone = await scan(first);
    await follow(first, "#go-on button");
    assert.equal(await scanState(first), "scanned");
    await follow(phone, "button[value=confirm]");
    await follow(first, "#go-on button");
    assert.match(await first.$eval("dl", (list) => list.textContent ?? ""), new RegExp(ann.name));
  });

  it("asks again after the cloud failed to answer", async () => {
    const first = await openBrowser(stage.browser);
    await openCode(first, stage);
    await stage.cloud.control("fail", { path: "/d/status", status: 503, times: 2 });
    const phone = await scan(first);
    await Promise.all([first.waitForNavigation(), follow(phone, "button[value=confirm]")]);
    assert.equal(new URL(first.url()).pathname, "/us/d/consent");
  });
});

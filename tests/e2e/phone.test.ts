/** The page in a real browser of a phone's size, in both colour schemes: each way through it, by hand. */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import type { Browser, Page } from "puppeteer-core";

import type { Account } from "../../www/demo/link.js";
import { demoAccount, demoDataCenter } from "../../www/demo/local.js";
import { launchChromium, openPhone, screenshot } from "./chromium.js";
import { type ServedDemo, serveDemo } from "./demo-process.js";
import { bo as secondAccount } from "./person.js";

/** An account, and the region that a person with it has to choose. */
interface Person extends Account {
  dataCenter: string;
}

const ann: Person = { ...demoAccount, dataCenter: demoDataCenter };
const bo: Person = { ...secondAccount, dataCenter: "eu" };

let demo: ServedDemo;
let browser: Browser;
before(async () => {
  demo = await serveDemo();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A phone that shows the page, and what the page complained about so far. */
async function visit(
  scheme: "light" | "dark",
  width?: number,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await openPhone(browser, scheme, width);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warn") complaints.push(message.text());
  });
  await page.goto(`${demo.origin}/`);
  await shown(page, "#unlinked");
  return { page, complaints };
}

/** Presses "Link account" and logs in: the consent page. `capture` keeps a picture of each page by that name. */
async function logIn(page: Page, account: Person, capture?: string): Promise<void> {
  await page.select("#data-center", account.dataCenter);
  await page.tap("#link-form button");
  await page.waitForSelector("#password");
  if (capture !== undefined) await screenshot(page, `${capture}-login`);
  await page.type("#account", account.name);
  await page.type("#password", account.password);
  await page.tap("button");
  await page.waitForSelector("button[value=confirm]");
  if (capture !== undefined) await screenshot(page, `${capture}-consent`);
}

async function link(page: Page, account: Person, capture?: string): Promise<void> {
  await logIn(page, account, capture);
  await page.tap("button[value=confirm]");
  await shown(page, "#linked");
}

async function shown(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(selector, { visible: true });
}

function text(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, ({ textContent }) => (textContent ?? "").trim());
}

/** How far the page can be scrolled sideways, in px. */
function overflow(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - innerWidth") as Promise<number>;
}

for (const scheme of ["light", "dark"] as const) {
  describe(`the page on a phone, ${scheme}`, () => {
    it("links an account, shows its devices and unlinks it", async () => {
      const { page, complaints } = await visit(scheme);
      await screenshot(page, `${scheme}-unlinked`);
      await link(page, ann, scheme);
      assert.equal(page.url(), `${demo.origin}/`);
      assert.equal(await text(page, "#uid"), ann.uid);
      assert.equal(await text(page, "#region"), "Western America");
      const devices = await page.$$eval("#devices > li", (items) => items.length);
      assert.equal(devices, 2);
      assert.match(await text(page, "#devices"), /Ann's lamp(Online|Offline)/);
      await screenshot(page, `${scheme}-linked`);

      await page.reload();
      await shown(page, "#linked");
      await page.tap("#unlink");
      await shown(page, "#unlink-dialog");
      await screenshot(page, `${scheme}-unlink`);
      await page.tap("#unlink-dialog button[value=unlink]");
      await shown(page, "#unlinked");
      assert.deepEqual(complaints, []);
    });

    it("says what to do when access was refused", async () => {
      const { page, complaints } = await visit(scheme);
      await logIn(page, ann);
      await page.tap("button[value=refuse]");
      await shown(page, "#problem");
      assert.equal(await text(page, "#problem-title"), "Access was not allowed");
      assert.equal(await text(page, "#problem-code"), "access_denied");
      assert.equal(await page.evaluate("document.activeElement.id"), "problem-title");
      assert.equal(page.url(), `${demo.origin}/`, "the error stays in the address");
      await screenshot(page, `${scheme}-problem`);
      await link(page, ann);
      assert.deepEqual(complaints, []);
    });
  });
}

describe("the page on a phone", () => {
  it("takes the code itself where the worker says so, and keeps it out of the history", async () => {
    const { page, complaints } = await visit("light");
    await link(page, bo);
    assert.equal(page.url(), `${demo.origin}/`);
    assert.equal(await text(page, "#uid"), bo.uid);
    assert.match(await text(page, "#devices"), /Bo's lamp/);
    assert.deepEqual(complaints, []);
  });

  it("refuses a callback that answers no login of this tab", async () => {
    const { page } = await visit("light");
    await page.goto(`${demo.origin}/auth/callback/eu?code=0123&state=forged.eu`);
    await shown(page, "#problem");
    assert.equal(await text(page, "#problem-title"), "The link was not completed");
    await shown(page, "#unlinked");
  });

  it("signs out of this browser alone", async () => {
    const { page } = await visit("light");
    const { page: other } = await visit("light");
    await link(page, ann);
    await link(other, ann);
    await page.tap("#sign-out");
    await shown(page, "#unlinked");
    await other.reload();
    await shown(other, "#linked");
  });

  it("shows an account that was unlinked elsewhere as not linked", async () => {
    const { page } = await visit("light");
    await link(page, ann);
    const { page: other } = await visit("light");
    await link(other, ann);
    await other.tap("#unlink");
    await shown(other, "#unlink-dialog");
    await other.tap("#unlink-dialog button[value=unlink]");
    await shown(other, "#unlinked");
    await page.reload();
    await shown(page, "#unlinked");
    await link(page, ann);
  });

  for (const width of [320, 360]) {
    it(`does not scroll sideways at ${width} px`, async () => {
      const { page } = await visit("light", width);
      assert.equal(await overflow(page), 0);
      await link(page, bo);
      assert.equal(await overflow(page), 0);
      await page.tap("#unlink");
      await shown(page, "#unlink-dialog");
      assert.equal(await overflow(page), 0);
    });
  }

  it("can be used again by who goes back from the login", async () => {
    const { page } = await visit("light");
    await page.tap("#link-form button");
    await page.waitForSelector("#password");
    await page.goBack();
    await shown(page, "#unlinked");
    await link(page, ann);
  });

  it("can be used from the keyboard alone", async () => {
    const { page } = await visit("light");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.id"), "data-center");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#password");
  });

  // The last one: nothing can be linked after it.
  it("keeps the account when the cloud does not answer, and says so", async () => {
    const { page } = await visit("dark");
    await link(page, ann);
    demo.stopCloud();
    await page.reload();
    await shown(page, "#problem");
    assert.equal(await text(page, "#problem-title"), "The service does not answer");
    assert.equal(await text(page, "#uid"), ann.uid);
    await shown(page, "#retry");
    await screenshot(page, "dark-unavailable");
  });
});

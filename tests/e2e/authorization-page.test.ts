/// <reference lib="dom" />
/** Every view of the authorization page, in both languages and colour schemes, as a person with a small screen, a
 * keyboard or a screen reader meets it. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Page } from "puppeteer-core";

import {
  audit,
  follow,
  type Language,
  logIn,
  openBrowser,
  openCode,
  overflowAt,
  readCode,
  type Scheme,
  smallTargets,
  useStage,
  waitForScan,
} from "./authorization-page.js";
import { screenshot } from "./chromium.js";

const stage = useStage();

/** Each view by its name, and the ways to it. `look` sees every one of them. */
async function walk(
  options: { scheme: Scheme; language: Language },
  look: (page: Page, view: string) => Promise<void>,
): Promise<void> {
  const first = await openBrowser(stage.browser, options);
  const phone = await openBrowser(stage.browser, options);

  await first.goto(stage.link.replace("state=", "other="));
  await look(first, "stopped");
  await first.goto(stage.link);
  await look(first, "login");
  await logIn(first, { name: "ann@example.com", password: "wrong" });
  await look(first, "login-wrong");

  await openCode(first, stage);
  await look(first, "qr-waiting");
  await phone.goto(await readCode(first));
  await look(phone, "phone-login");
  await logIn(phone, { name: "bo@example.com", password: "bo-demo-password" });
  await look(phone, "phone-wrong");
  await phone.$eval("#account", (input) => {
    (input as HTMLInputElement).value = "";
  });
  await logIn(phone);
  await look(phone, "phone-question");
  await waitForScan(first, "scanned");
  await look(first, "qr-scanned");
  await follow(phone, "button[value=cancel]");
  await look(phone, "phone-cancelled");
  await waitForScan(first, "cancelled");
  await look(first, "qr-cancelled");
  await follow(first, "#renew button");
  await phone.goto(await readCode(first));
  await Promise.all([first.waitForNavigation(), follow(phone, "button[value=confirm]")]);
  await look(phone, "phone-confirmed");
  await look(first, "consent");
}

for (const language of ["en", "zh"] as const) {
  for (const scheme of ["light", "dark"] as const) {
    it(`has no fault that axe finds, no small target and no sideways scroll: ${language}, ${scheme}`, async () => {
      await walk({ language, scheme }, async (page, view) => {
        await screenshot(page, `authorization-${view}-${language}-${scheme}`);
        assert.deepEqual(await audit(page), [], view);
        assert.deepEqual(await smallTargets(page), [], view);
        assert.equal(await overflowAt(page, 320), 0, view);
        assert.equal(await page.$eval("html", ({ lang }) => lang), language === "zh" ? "zh-Hans" : "en");
      });
    });
  }
}

describe("the authorization page", () => {
  it("changes its language by a link, and keeps login and choice", async () => {
    const page = await openBrowser(stage.browser);
    await page.goto(stage.link);
    await follow(page, "nav a[lang=zh-Hans]");
    assert.equal(await page.$eval("h1", (heading) => heading.textContent), "登录 Demo Home");
    await logIn(page);
    assert.equal(await page.$eval("button[value=confirm]", (button) => button.textContent), "确认授权");
    await page.goto(stage.link);
    assert.equal(await page.$eval("h1", (heading) => heading.textContent), "登录 Demo Home");
    await follow(page, "nav a[lang=en]");
    assert.equal(await page.$eval("h1", (heading) => heading.textContent), "Log in to Demo Home");
  });

  it("can be used from the keyboard alone", async () => {
    const page = await openBrowser(stage.browser);
    await page.goto(stage.link);
    await page.waitForSelector("#account:focus");
    await page.keyboard.type("ann@example.com");
    await page.keyboard.press("Tab");
    await page.keyboard.type("wrong");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await page.waitForSelector("#error:focus");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.waitForSelector("#password:focus");
    await page.keyboard.type("ann-demo-password");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return `${document.activeElement?.getAttribute("value")} ${outlineStyle} ${outlineWidth}`;
    });
    assert.equal(shown, "confirm solid 3px");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.ok(page.url().startsWith(stage.callback), page.url());
  });

  it("says that access was refused to the callback", async () => {
    const page = await openBrowser(stage.browser);
    await page.goto(stage.link);
    await logIn(page);
    await follow(page, "button[value=refuse]");
    assert.equal(new URL(page.url()).searchParams.get("error"), "access_denied");
  });
});

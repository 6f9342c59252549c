/// <reference lib="dom" />
/** The console's pages in a real browser of a phone's size: what the documents tell a developer to do, by hand, up to
 * a user who authorizes. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Page } from "puppeteer-core";

import { startEmulatorBy } from "../support/emulator-process.js";
import {
  audit,
  follow,
  logIn,
  openBrowser,
  overflowAt,
  type Scheme,
  smallTargets,
  useStage,
} from "./authorization-page.js";
import { screenshot } from "./chromium.js";

const sha1 = Array.from({ length: 20 }, () => "AB").join(":");

const stage = useStage();

/** Presses the only link or button with that text. */
async function press(page: Page, name: string): Promise<void> {
  await follow(
    page,
    `::-p-xpath(//main//*[self::a or self::button][starts-with(normalize-space(), "${name}")])`,
  );
}

/** Types into fields, by their names, over what is in them. */
async function type(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const field = await page.$(`[name="${name}"]`);
    assert.ok(field !== null, `no field ${name}`);
    await field.evaluate((input) => {
      (input as HTMLInputElement).value = "";
    });
    await field.type(value);
  }
}

/** Chooses the option whose label begins so. */
async function choose(page: Page, name: string, label: string): Promise<void> {
  const value = await page.$$eval(
    `[name="${name}"] option`,
    (options, label) => (options as HTMLOptionElement[]).find(({ text }) => text.startsWith(label))?.value,
    label,
  );
  assert.ok(value !== undefined, `no option ${label}`);
  await page.select(`[name="${name}"]`, value);
}

function text(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, ({ textContent }) => (textContent ?? "").trim());
}

/** What the page complains about, as it does. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A form that is refused is answered with 4xx, which the browser notes.
    const expected = message.text().includes("status of 400");
    if (["error", "warn"].includes(message.type()) && !expected) complaints.push(message.text());
  });
  return complaints;
}

/** Looks at what is shown now, as everybody meets it. */
async function look(page: Page, view: string, scheme: Scheme): Promise<void> {
  await screenshot(page, `console-${view}-${scheme}`);
  assert.deepEqual(await audit(page), [], view);
  assert.deepEqual(await smallTargets(page), [], view);
  assert.equal(await overflowAt(page, 320), 0, view);
}

/** The documents' way: a project, its keys, an app authorization, OAuth 2.0. Ends where the address is shown. */
async function configure(page: Page, scheme: Scheme, callback: string): Promise<{ address: string }> {
  const seen = (view: string) => look(page, view, scheme);
  await page.goto(`${stage.cloud.origin}/console`);
  await seen("projects");
  await press(page, "Create Cloud Project");
  await seen("project-new");
  await type(page, { name: " " });
  await press(page, "Create");
  await seen("project-refused");
  await type(page, { name: `Smart stairs, ${scheme}` });
  await press(page, "Create");
  await seen("project");
  await press(page, "Authorization");
  await seen("cloud");
  await page.tap("summary");
  assert.match(await text(page, "details code"), /^[0-9a-z]{32}$/);
  await press(page, "Edit");
  await seen("cloud-edit");
  await type(page, { name: "My own cloud" });
  await press(page, "OK");

  await press(page, "App");
  await press(page, "Add Authorization");
  await seen("app-new");
  await type(page, { sha1, applicationId: "com.example.stairs", applicationName: `Stairs ${scheme}` });
  await press(page, "OK");
  await seen("app");
  await press(page, "WeChat Mini Program");
  await press(page, "Add Authorization");
  await type(page, { wechatAppId: "wx0123456789abcdef", name: "Mini stairs" });
  await press(page, "OK");
  await press(page, "Third-Party");
  await press(page, "Add Authorization");
  await seen("third-party-new");
  await type(page, { thirdPartyProject: "demo-project", name: "Partner" });
  await press(page, "OK");
  assert.match(await text(page, "main"), /cannot be deleted/);

  await press(page, "Devices");
  await press(page, "Configure OAuth 2.0 Authorization");
  await seen("oauth");
  await page.tap("[name=enabled]");
  await choose(page, "authorizationId", `Stairs ${scheme}`);
  await type(page, { "callbacks.us": callback });
  await press(page, "OK");
  await seen("devices");
  return { address: await text(page, "#address-us") };
}

for (const scheme of ["light", "dark"] as const) {
  it(`takes a developer from a new project to a user who authorizes: ${scheme}`, async () => {
    const page = await openBrowser(stage.browser, { scheme });
    const complaints = complaintsOf(page);
    const callback = `${new URL(stage.callback).origin}/stairs/${scheme}`;
    const { address } = await configure(page, scheme, callback);

    await page.goto(`${stage.cloud.origin}/console/accounts`);
    await look(page, "accounts", scheme);
    await press(page, "Create Account");
    await look(page, "account-new", scheme);
    const account = { name: `cy.${scheme}@example.com`, password: "cy-password" };
    await type(page, { ...account, app: `Stairs ${scheme}` });
    await page.select("[name=dataCenter]", "us");
    await press(page, "Create");
    await page.goto(`${stage.cloud.origin}/console/devices/new`);
    await look(page, "device-new", scheme);
    await choose(page, "uid", account.name);
    await type(page, { name: "Stair lamp" });
    await press(page, "Create");
    await look(page, "device", scheme);
    await page.tap("[name=online]");
    await press(page, "Save");
    assert.equal(await text(page, ".head .badge"), "Offline");
    assert.deepEqual(complaints, []);

    const user = await openBrowser(stage.browser, { scheme });
    await user.goto(address.replace("YOUR_STATE", "AAAAAAAAAAAAAAAAAAAAAA.us"));
    await logIn(user, account);
    await follow(user, "button[value=confirm]");
    const landed = new URL(user.url());
    assert.equal(`${landed.origin}${landed.pathname}`, callback);
    assert.match(landed.searchParams.get("code") ?? "", /^[0-9a-f]{32}$/);

    for (const view of ["devices", "requests", "projects/demo-project/devices/sources"]) {
      await page.goto(`${stage.cloud.origin}/console/${view}`);
      await look(page, `all-${view.replaceAll("/", "-")}`, scheme);
    }
  });
}

describe("the console's pages", () => {
  it("copy a value", async () => {
    const page = await openBrowser(stage.browser);
    const context = page.browserContext();
    await context.overridePermissions(stage.cloud.origin, ["clipboard-read", "clipboard-sanitized-write"]);
    await page.goto(`${stage.cloud.origin}/console/projects/demo-project`);
    await page.tap("button[data-copy=project-id]");
    await page.waitForSelector("::-p-text(Copied)");
    assert.equal(await page.evaluate("navigator.clipboard.readText()"), "demo-project");
    await page.tap("button[data-copy=project-id]");
    await page.waitForFunction(
      "document.querySelector('[data-copy=project-id]').textContent === 'Copy the project ID'",
    );
    assert.equal(await text(page, "[data-copy=project-id] .only-heard"), "the project ID");
  });

  it("follow the requests, and keep open what the reader has opened", async () => {
    const page = await openBrowser(stage.browser);
    const complaints = complaintsOf(page);
    const call = (sign: string) =>
      fetch(`${stage.cloud.origin}/us/v1.0/token?grant_type=1`, {
        headers: {
          client_id: "demo0cloud0client0id",
          sign,
          sign_method: "HMAC-SHA256",
          t: String(Date.now()),
        },
      });
    await call("0".repeat(64));
    await page.goto(`${stage.cloud.origin}/console/requests`);
    const newest = await page.$eval("#live > li", ({ id }) => id);
    await page.tap(`#${newest} summary`);
    await call("1".repeat(64));
    await page.waitForSelector(`#live > li:not(#${newest}):first-child`);
    assert.ok(await page.$eval(`#${newest} details`, (details) => (details as HTMLDetailsElement).open));
    assert.match(await text(page, "#live > li:first-child"), /sign_invalid/);
    assert.deepEqual(complaints, []);
  });

  it("work without scripts", async () => {
    const page = await openBrowser(stage.browser);
    await page.setJavaScriptEnabled(false);
    await page.goto(`${stage.cloud.origin}/console/projects/new`);
    await page.type("[name=name]", "Plain project");
    await press(page, "Create");
    assert.equal(await text(page, "h1"), "Plain project");
    await press(page, "Authorization");
    await page.tap("summary");
    await page.waitForSelector("details code", { visible: true });
    assert.equal((await page.$$("button.copy:not([hidden])")).length, 0);
  });

  it("can be used from the keyboard alone", async () => {
    const page = await openBrowser(stage.browser);
    await page.goto(`${stage.cloud.origin}/console/projects/new`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Skip to the content");
    await page.keyboard.press("Enter");
    for (const expected of ["A", "INPUT"]) {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate("document.activeElement.tagName"), expected);
    }
    await page.keyboard.type("By keys ");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await page.waitForSelector("[name=name][aria-invalid]:focus");
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await page.keyboard.type("By keys");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.equal(await text(page, "h1"), "By keys");
  });

  it("keep the session of who comes by a link of another site", async () => {
    const page = await openBrowser(stage.browser);
    await page.goto(`${stage.cloud.origin}/console`);
    const cookie = async () =>
      (await page.browserContext().cookies()).find(({ name }) => name === "tuya_console");
    const before = await cookie();
    assert.equal(before?.sameSite, "Strict");
    await page.goto(stage.callback);
    await page.evaluate((address) => {
      location.href = address;
    }, `${stage.cloud.origin}/console/projects/new`);
    await page.waitForSelector("[name=name]");
    assert.equal((await cookie())?.value, before.value);
    await page.type("[name=name]", "From elsewhere");
    await press(page, "Create");
    assert.equal(await text(page, "h1"), "From elsewhere");
  });

  it("are shown in no frame", async () => {
    const page = await openBrowser(stage.browser);
    await page.goto(stage.callback);
    const address = `${stage.cloud.origin}/console`;
    const shown = await page.evaluate(
      (address) =>
        new Promise<boolean>((resolve) => {
          const frame = document.createElement("iframe");
          frame.src = address;
          frame.onload = () => resolve(true);
          document.body.append(frame);
        }),
      address,
    );
    assert.ok(shown);
    assert.deepEqual(
      page.frames().map((frame) => frame.url().startsWith(address)),
      [false, false],
    );
  });

  it("ask for the token where there is one", async () => {
    const cloud = await startEmulatorBy({ env: { TUYA_EMULATOR_TOKEN: "0pen-sesame" } });
    try {
      const page = await openBrowser(stage.browser);
      await page.goto(`${cloud.origin}/console/accounts`);
      await look(page, "login", "light");
      await type(page, { token: "0pen-sesame" });
      await press(page, "Log in");
      assert.equal(await text(page, "h1"), "My Cloud Projects");
      await look(page, "logged-in", "light");
      await follow(page, ".leave button");
      assert.equal(await text(page, "h1"), "Log in to the console");
    } finally {
      await cloud.stop();
    }
  });
});

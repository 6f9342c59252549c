/// <reference lib="dom" />
/** The authorization page in a real browser: a cloud and a callback to go to, and what a person does and sees. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { after, before } from "node:test";

import type { AxeResults } from "axe-core";
import { default as jsQr } from "jsqr";
import { PNG } from "pngjs";
import type { Browser, Page } from "puppeteer-core";

import { ann, appKeys, callbackOf } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";
import { launchChromium, openPhone } from "./chromium.js";

/** Where the test's links are for. */
export const dataCenter = "us";
/** The state of the test's links. */
export const state = "AAAAAAAAAAAAAAAAAAAAAA.us";

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** A language of the pages, as a browser asks for it. */
export type Language = "en" | "zh";
/** A colour scheme. */
export type Scheme = "light" | "dark";

/** A cloud, a server that answers at its callback, and Chromium. */
export interface Stage {
  readonly browser: Browser;
  readonly cloud: EmulatorProcess;
  /** The registered callback URL. */
  readonly callback: string;
  /** The link that an app would open. */
  readonly link: string;
}

/** Sets the stage before the tests of the file that calls this, and clears it after them. */
export function useStage(): Stage {
  let set: CloudAndCallback | undefined;
  let browser: Browser | undefined;
  before(async () => {
    set = await setStage();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await set?.close();
  });
  return {
    get browser() {
      return present(browser);
    },
    get cloud() {
      return present(set).cloud;
    },
    get callback() {
      return present(set).callback;
    },
    get link() {
      return present(set).link;
    },
  };
}

function present<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("the stage is set for tests and hooks only");
  return part;
}

interface CloudAndCallback extends Omit<Stage, "browser"> {
  close(): Promise<void>;
}

async function setStage(): Promise<CloudAndCallback> {
  const app = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<title>The app</title>");
  });
  await new Promise<void>((resolve) => app.listen(0, "localhost", resolve));
  const origin = `http://localhost:${(app.address() as AddressInfo).port}`;
  const cloud = await startEmulator("--callback-origin", origin);
  const callback = callbackOf(dataCenter, origin);
  const link = new URL(`${cloud.origin}/${dataCenter}/d/login`);
  link.search = new URLSearchParams({
    client_id: appKeys.clientId,
    redirect_uri: callback,
    state,
  }).toString();
  const close = async () => {
    await cloud.stop();
    await new Promise((resolve) => {
      app.close(resolve);
      app.closeAllConnections();
    });
  };
  return { cloud, callback, link: link.href, close };
}

/** A browser with cookies of its own, as large as a phone, that prefers a language. */
export async function openBrowser(
  browser: Browser,
  { scheme = "light", language = "en" }: { scheme?: Scheme; language?: Language } = {},
): Promise<Page> {
  const page = await openPhone(browser, scheme, 360);
  await page.setExtraHTTPHeaders({ "accept-language": language === "zh" ? "zh-CN,zh;q=0.9,en;q=0.5" : "en" });
  return page;
}

/** Opens the link and goes over to the QR code. */
export async function openCode(page: Page, { link }: Stage): Promise<void> {
  await page.goto(link);
  await follow(page, "nav.ways a:not([aria-current])");
}

/** Presses a link or a button that leads to another page. */
export async function follow(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.tap(selector)]);
}

/** Types account and password in and sends them. */
export async function logIn(page: Page, account: { name: string; password: string } = ann): Promise<void> {
  await page.type("#account", account.name);
  await page.type("#password", account.password);
  await follow(page, "form .primary");
}

/** What the QR code says that the page shows: read from a picture of it. */
export async function readCode(page: Page): Promise<string> {
  const shown = await page.waitForSelector("svg.qr", { visible: true });
  const picture = PNG.sync.read(Buffer.from((await shown?.screenshot()) ?? []));
  // The package's types name its function as a module does; what is imported is the module itself.
  const decode = jsQr as unknown as typeof jsQr.default;
  const found = decode(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  if (found === null) throw new Error("the picture holds no QR code");
  return found.data;
}

/** How far the scan is, by what the page was given to show it. */
export function scanState(page: Page): Promise<string | null> {
  return page.$eval("#scan", (scan) => scan.getAttribute("data-state"));
}

/** Waits until the page shows that the scan is so far. */
export async function waitForScan(page: Page, expected: string): Promise<void> {
  await page.waitForSelector(`#scan[data-state="${expected}"]`);
}

/** What axe-core finds wrong with the page: a line for each rule and element. */
export async function audit(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axeSource, "utf8"));
  const results = (await page.evaluate("axe.run()")) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** What a finger has to hit and that is lower or narrower than 44 px; links inside a sentence are none, and a box is
 * ticked by its label too. */
export function smallTargets(page: Page): Promise<string[]> {
  const targets =
    "button, .button, input:not([type=hidden], [type=checkbox]), .check label, summary, nav a, .link a";
  return page.$$eval(targets, (elements) =>
    elements
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
      .map(({ element, box }) => `${element.outerHTML} ${box.width}×${box.height}`),
  );
}

/** How far the page can be scrolled sideways on a screen of that width; both in px. */
export async function overflowAt(page: Page, width: number): Promise<number> {
  const viewport = page.viewport();
  if (viewport === null) throw new Error("the page has no screen of its own");
  await page.setViewport({ ...viewport, width });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.setViewport(viewport);
  return overflow;
}

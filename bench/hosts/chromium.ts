/** A page of Chromium without a window. */

import type { Browser } from "puppeteer-core";

import { launchChromium } from "../../tests/e2e/chromium.js";
import { bundlePage } from "./bundle-page.js";
import type { Host } from "./host.js";
import { servePage } from "./page.js";
import type { bench } from "./page-main.js";

/** Starts it. */
export async function startChromium(): Promise<Host> {
  const { origin, close } = await servePage({
    "/bench.js": await bundlePage(new URL("./page-main.js", import.meta.url)),
  });
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`${origin}/?/bench.js`);
  await page.waitForFunction(() => "bench" in globalThis);
  return {
    turn: 2,
    name: await chromiumName(browser),
    open: (table) => page.evaluate((id) => (globalThis as unknown as Page).bench.open(id), table),
    time: (...what) =>
      page.evaluate((...args) => (globalThis as unknown as Page).bench.time(...args), ...what),
    async stop() {
      await browser.close();
      await close();
    },
  };
}

interface Page {
  readonly bench: typeof bench;
}

/** Such as `Chrome 140.0.7339.80`. */
export async function chromiumName(browser: Browser): Promise<string> {
  return (await browser.version()).replace("/", " ").replace("HeadlessChrome", "Chrome");
}

/// <reference lib="dom" />
/** A real browser with the screen of a phone. The types of the driver name the browser's own. */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { type Browser, launch, type Page } from "puppeteer-core";

import { findProgram } from "../support/program.js";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const screenshots = fileURLToPath(new URL("../../../screenshots/", import.meta.url));

/** Starts Chromium without a window: the one that `TUYA_TEST_BROWSER` names, else one on the search path. */
export function launchChromium(): Promise<Browser> {
  const { TUYA_TEST_BROWSER } = process.env;
  return launch({
    executablePath: TUYA_TEST_BROWSER ?? findBrowser(),
    args: [
      // Chromium's sandbox does not start as root, which is what a container's user is.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/** A page of a phone, 390 px wide, with cookies of its own, in a colour scheme. */
export async function openPhone(browser: Browser, scheme: "light" | "dark", width = 390): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width, height: 844, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  return page;
}

/** Keeps a picture of what the page shows, in `target/screenshots`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

function findBrowser(): string {
  const found = findProgram(names);
  if (found !== undefined) return found;
  throw new Error(
    `No browser on the search path: ${names.join(", ")}. Install one, or set TUYA_TEST_BROWSER.`,
  );
}

/// <reference lib="dom" />
/** Looks at a page. */

import type { Browser } from "puppeteer-core";

/**
 * What a page shows in its `output`.
 *
 * @throws Error with what the page complained about: errors, warnings, and what it could not load
 */
export async function visit(browser: Browser, url: string): Promise<unknown> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A browser asks by itself for an icon, which none of the pages has.
    const icon = message.location().url?.endsWith("/favicon.ico");
    if (["error", "warn"].includes(message.type()) && icon !== true) complaints.push(message.text());
  });
  try {
    await page.goto(url);
    const output = await page.waitForSelector("output:not(:empty)", { timeout: 30_000 }).catch(() => null);
    const text = await output?.evaluate(({ textContent }) => textContent);
    if (complaints.length > 0) throw new Error(`${url}: ${complaints.join("\n")}`);
    if (text === undefined) throw new Error(`${url} shows nothing`);
    return JSON.parse(text);
  } finally {
    await page.close();
  }
}

/// <reference lib="dom" />
/** Looks at a page. */

import type { Browser } from "puppeteer-core";

/** How long a page may take until it shows something, in ms. */
const PATIENCE = 30_000;

/**
 * What a page shows in its `output`, as JSON.
 *
 * @throws Error with what the page complained about: errors, warnings, and what it could not load
 */
export async function visit(browser: Browser, url: string): Promise<unknown> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  const complained = new Promise<null>((resolve) => {
    const complain = (complaint: string) => {
      complaints.push(complaint);
      resolve(null);
    };
    page.on("pageerror", (error) => complain(String(error)));
    page.on("console", (message) => {
      // A browser asks by itself for an icon, which none of the pages has.
      const icon = message.location().url?.endsWith("/favicon.ico");
      if (["error", "warn"].includes(message.type()) && icon !== true) complain(message.text());
    });
  });
  try {
    await page.goto(url);
    const shown = page.waitForSelector("output:not(:empty)", { timeout: PATIENCE });
    const output = await Promise.race([shown.catch(() => null), complained]);
    const text = await output?.evaluate(({ textContent }) => textContent);
    if (complaints.length > 0) throw new Error(`${url}: ${complaints.join("\n")}`);
    if (text === undefined) throw new Error(`${url} shows nothing`);
    return JSON.parse(text);
  } finally {
    await page.close();
  }
}

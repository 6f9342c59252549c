/** First uses in Chromium: each in a fresh page of a fresh profile, which fetches the code and takes the time itself. */

import { launchChromium } from "../../tests/e2e/chromium.js";
import { bundlePage } from "../hosts/bundle-page.js";
import { chromiumName } from "../hosts/chromium.js";
import { servePage } from "../hosts/page.js";
import { type Contender, contenders, type FirstUses, type Use } from "./contender.js";

export async function firstInChromium(): Promise<FirstUses> {
  const here = contenders.filter(({ node }) => !node);
  const page = new URL("./page.js", import.meta.url);
  const scripts: Record<string, string> = { "/page.js": await bundlePage(page) };
  for (const { file } of here)
    scripts[`/${file}.js`] = await bundlePage(new URL(`./${file}.js`, import.meta.url));
  const { origin, close } = await servePage(scripts);
  const browser = await launchChromium();
  const use = async ({ file }: Contender): Promise<Use> => {
    const context = await browser.createBrowserContext();
    try {
      const tab = await context.newPage();
      await tab.goto(`${origin}/?/page.js#/${file}.js`);
      await tab.waitForFunction(() => "used" in globalThis);
      return await tab.evaluate(() => (globalThis as unknown as { used: Use }).used);
    } finally {
      await context.close();
    }
  };
  return {
    name: await chromiumName(browser),
    contenders: here,
    use,
    async stop() {
      await browser.close();
      await close();
    },
  };
}

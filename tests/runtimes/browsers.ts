/** Browsers, without a window. Each opens the one page that runs the suite. */

import type { Browser } from "puppeteer-core";

import { launchChromium } from "../e2e/chromium.js";
import { firefoxAbsent, launchFirefox } from "./firefox.js";
import { servePage } from "./page-server.js";
import { type Runtime, versionIn } from "./runtime.js";
import { openInWebKit, webKitAbsent } from "./webkit.js";

/** A browser that shows a page. */
export interface OpenBrowser {
  readonly version: string;
  close(): Promise<void>;
}

export const browsers: readonly Runtime[] = [
  browser("Chromium", () => false, driven(launchChromium)),
  browser("Firefox", firefoxAbsent, driven(launchFirefox)),
  browser("WebKitGTK", webKitAbsent, openInWebKit),
];

function browser(
  name: string,
  absent: Runtime["absent"],
  open: (url: string) => Promise<OpenBrowser>,
): Runtime {
  return {
    name,
    ofMachine: true,
    without: ["handler"],
    absent,
    async run(suite) {
      const page = await servePage(suite);
      try {
        const { version, close } = await open(page.url);
        const outcomes = await page.outcomes().finally(close);
        return { version, outcomes };
      } finally {
        page.close();
      }
    },
  };
}

/** Opens pages by Puppeteer. */
function driven(launch: () => Promise<Browser>): (url: string) => Promise<OpenBrowser> {
  return async (url) => {
    const running = await launch();
    const version = versionIn(await running.version());
    const page = await running.newPage();
    await page.goto(url);
    return { version, close: () => running.close() };
  };
}

/** Browsers, without a window. */

import type { Browser } from "puppeteer-core";

import type { Outcome } from "../conformance/group.js";
import { launchChromium } from "../e2e/chromium.js";
import { firefoxAbsent, launchFirefox } from "./firefox.js";
import { type ServedPage, servePage } from "./page-server.js";
import { type Runtime, versionIn } from "./runtime.js";
import { openInWebKit, webKitAbsent } from "./webkit.js";

/** A browser that shows a page. */
export interface OpenBrowser {
  readonly version: string;
  close(): Promise<void>;
}

/** How a browser is had. */
interface Program {
  readonly name: string;
  /** Why it cannot be started on this machine; `false` when it can. */
  absent(): string | false;
  open(url: string): Promise<OpenBrowser>;
}

const programs: readonly Program[] = [
  { name: "Chromium", absent: () => false, open: driven(launchChromium) },
  { name: "Firefox", absent: firefoxAbsent, open: driven(launchFirefox) },
  { name: "WebKitGTK", absent: webKitAbsent, open: openInWebKit },
];

/** A browser that can be launched. */
export interface BrowserRuntime extends Runtime {
  /** Shows a page. @returns what it hands in, and the browser's version */
  show(page: ServedPage): Promise<{ readonly version: string; readonly result: unknown }>;
}

export const browsers: readonly BrowserRuntime[] = programs.map(({ name, absent, open }) => ({
  name,
  ofMachine: true,
  without: ["handler"],
  absent,
  async run(suite) {
    const page = await servePage(suite, { programs: ["watch", "page"], wasm: true });
    const { version, result } = await this.show(page);
    return { version, outcomes: result as Outcome[] };
  },
  async show(page) {
    try {
      const { version, close } = await open(page.url);
      return { version, result: await page.result().finally(close) };
    } finally {
      page.close();
    }
  },
}));

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

/** Browsers, without a window. */

import type { Browser } from "puppeteer-core";

import type { Outcome } from "../conformance/group.js";
import { launchChromium } from "../e2e/chromium.js";
import { firefoxAbsent, launchFirefox } from "./firefox.js";
import type { EntryName } from "./installed.js";
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

/** Each browser's pages. */
export const pages: readonly BrowserRuntime[] = programs.map((program) =>
  browser(program, program.name, "page"),
);

/** A page's worker in each browser. */
export const pageWorkers: readonly BrowserRuntime[] = programs.map((program) =>
  browser(program, `${program.name}, worker`, "page-worker"),
);

function browser({ absent, open }: Program, name: string, entry: EntryName): BrowserRuntime {
  const show: BrowserRuntime["show"] = async (page) => {
    try {
      const { version, close } = await open(page.url);
      return { version, result: await page.result().finally(close) };
    } finally {
      page.close();
    }
  };
  return {
    name,
    ofMachine: true,
    without: ["handler"],
    absent,
    show,
    async run(suite) {
      const page = await servePage(suite, { programs: ["watch", entry], wasm: true });
      const { version, result } = await show(page);
      return { version, outcomes: result as Outcome[] };
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

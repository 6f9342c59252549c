/** A page of Chromium without a window. */

import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { launchChromium } from "../../tests/e2e/chromium.js";
import type { Host } from "./host.js";
import { servePage } from "./page.js";
import type { bench } from "./page-main.js";

/** Starts it. */
export async function startChromium(): Promise<Host> {
  const { origin, close } = await servePage({ "/bench.js": await bundlePage("./page-main.js") });
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`${origin}/?/bench.js`);
  await page.waitForFunction(() => "bench" in globalThis);
  return {
    name: (await browser.version()).replace("/", " ").replace("HeadlessChrome", "Chromium"),
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

/** Bundles a module of this folder for a page. */
export async function bundlePage(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

/** Loads the page as a browser does and checks what a person needs of it. */

import type { Browser } from "./browser.js";
import { expect } from "./failure.js";
import type { Page } from "./page.js";

/** What was loaded. */
export interface LoadedPage {
  url: string;
  /** The size of its scripts and style sheets, in bytes. */
  bytes: number;
}

/**
 * Loads the page of `origin` with its scripts and style sheets, and checks that it offers `dataCenter`.
 *
 * @throws DemoFailure `unexpected_answer` for a missing or unsafe page
 */
export async function checkPage(browser: Browser, origin: string, dataCenter: string): Promise<LoadedPage> {
  const page = await browser.open(`${origin}/`);
  expectType(page, "text/html");
  const policy = page.headers.get("Content-Security-Policy") ?? "";
  expect(policy.includes("frame-ancestors 'none'"), "Other sites may frame the page.");
  const html = page.html();
  const scripts = html.querySelectorAll("script").map((script) => script.getAttribute("src"));
  const styles = html.querySelectorAll('link[rel="stylesheet"]').map((link) => link.getAttribute("href"));
  expect(scripts.length > 0 && styles.length > 0, "The page has no script or no style.");
  let bytes = 0;
  for (const [source, type] of [
    ...scripts.map((script) => [script, "text/javascript"] as const),
    ...styles.map((style) => [style, "text/css"] as const),
  ]) {
    expect(source !== undefined, "The page has a script or a style without an address.");
    const file = await browser.open(new URL(source, page.url), page.url);
    expectType(file, type);
    bytes += Buffer.byteLength(file.text);
  }
  const config = (await browser.fetch(page.url, "GET", "/config.json")).json() as { dataCenters?: unknown };
  expect(offers(config.dataCenters, dataCenter), `The worker does not offer the data center ${dataCenter}.`);
  return { url: page.url, bytes };
}

function expectType(page: Page, type: string): void {
  expect(page.status === 200, `${page.path} answered ${page.status}.`);
  const actual = page.headers.get("Content-Type") ?? "";
  expect(actual.startsWith(type) && page.text !== "", `${page.path} is ${actual || "nothing"}, not ${type}.`);
}

function offers(dataCenters: unknown, code: string): boolean {
  return Array.isArray(dataCenters) && dataCenters.some((offer: { code?: unknown }) => offer.code === code);
}

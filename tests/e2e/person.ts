/** What a person does on the authorization page. */

import type { Browser } from "../../www/demo/browser.js";
import type { Account } from "../../www/demo/link.js";
import type { Page } from "../../www/demo/page.js";

/** The second account of the local cloud's documented seed; it lives in `eu`. */
export const bo: Account = {
  name: "bo@example.com",
  password: "bo-demo-password",
  uid: "eu1700000000000Bo001",
};

/** Logs in and confirms. @returns what the callback answered */
export async function confirm(browser: Browser, login: Page, { name, password }: Account): Promise<Page> {
  const form = login.form("account", "password");
  const consent = await browser.follow(await browser.submit(form, { account: name, password }));
  const button = { name: "decision", value: "confirm" };
  return browser.follow(await browser.submit(consent.form("decision"), {}, button));
}

/** A link whose browser did not get the answer: the next request finds it, and nobody else does. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuthHandlerOptions } from "tuya-auth/handler";

import { Browser } from "../../www/demo/browser.js";
import { type App, appOrigin, createApp, errorOf } from "../support/app.js";
import { type LinkStyle, linkedUser, linkStyles, obtain, type Returned } from "../support/link-styles.js";
import { openStore } from "../support/open-store.js";

const page = `${appOrigin}/`;
const api = ["GET /v1.0/users/{uid}/devices"];
const devices = "/auth/api/v1.0/users/me/devices";

/** Delivers what came back, and loses the answer. */
async function deliverUnheard(
  app: App,
  style: LinkStyle,
  browser: Browser,
  returned: Returned,
): Promise<void> {
  const cookies = await browser.cookies(page);
  const deaf = new Browser((url, init) => app.handler.fetch(new Request(url, init)));
  await deaf.setCookie(`${cookies}; Path=/; Secure`, page);
  await style.deliver(deaf, returned);
}

async function setUp(style: LinkStyle, options: Partial<AuthHandlerOptions> = {}) {
  const store = openStore();
  const app = createApp({ store, api, ...options });
  const browser = app.browser();
  const returned = await obtain(style, browser);
  await deliverUnheard(app, style, browser, returned);
  assert.doesNotMatch(await browser.cookies(page), /session/);
  return { app, store, browser, returned };
}

for (const style of linkStyles) {
  describe(`a link whose answer was lost, where the ${style.name} takes the code`, () => {
    it("is there at the next request, which may be any that uses a session", async () => {
      for (const path of [devices, "/auth/session"]) {
        const { browser } = await setUp(style);
        const answer = await browser.fetch(page, "GET", path);
        assert.equal(answer.status, 200);
        assert.match(await browser.cookies(page), /session/);
        assert.equal(await linkedUser(browser), style.account.uid);
      }
    });

    it("is there for 10 requests at a time", async () => {
      const { browser } = await setUp(style);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => browser.fetch(page, "GET", devices)),
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        Array(10).fill(200),
      );
      assert.equal(await linkedUser(browser), style.account.uid);
    });

    it("is the browser's for ten minutes", async () => {
      const { app, browser } = await setUp(style);
      app.advance(10 * 60_000);
      assert.equal(await linkedUser(browser), undefined);
    });

    it("is not to be had again once the browser has its session, nor after that has ended", async () => {
      const { app, browser, store } = await setUp(style);
      const login = { Cookie: await browser.cookies(page) };
      assert.equal(await linkedUser(browser), style.account.uid);
      assert.equal(await linkedUser(browser), style.account.uid);
      assert.deepEqual(
        [...(await store.contents()).keys()].filter((key) => key.startsWith("handover:")),
        [],
      );
      const again = new Request(`${page}auth/session`, { headers: login });
      assert.deepEqual(await (await app.handler.fetch(again)).json(), { linked: false });
      await browser.fetch(page, "POST", "/auth/logout");
      assert.equal(await linkedUser(browser), undefined);
    });

    it("ends by logging out and by unlinking, heard of or not", async () => {
      for (const path of ["/auth/logout", "/auth/unlink"]) {
        const { app, browser, store } = await setUp(style);
        const login = { Cookie: await browser.cookies(page) };
        assert.equal((await browser.fetch(page, "POST", path)).status, 204);
        assert.doesNotMatch(await browser.cookies(page), /session/);
        assert.equal(await linkedUser(browser), undefined);
        const stale = new Request(`${page}auth/session`, { headers: login });
        assert.deepEqual(await (await app.handler.fetch(stale)).json(), { linked: false });
        const tokens = [...(await store.contents()).keys()].filter((key) => key.startsWith("token:"));
        assert.equal(tokens.length, path === "/auth/logout" ? 1 : 0);
      }
    });

    it("is another browser's neither with the state and the code nor with a secret of its own", async () => {
      const { app, browser, returned } = await setUp(style);
      const mallory = app.browser();
      await obtain(style, mallory);
      assert.equal(errorOf(await style.deliver(mallory, returned)), "state_mismatch");
      assert.equal(await linkedUser(mallory), undefined);
      assert.equal(errorOf(await style.deliver(browser, returned)), "state_mismatch");
      assert.equal(await linkedUser(browser), style.account.uid);
    });

    it("is not another user's of the application", async () => {
      let user = "user-1";
      const { browser } = await setUp(style, { subject: () => user });
      user = "user-2";
      assert.equal(await linkedUser(browser), undefined);
      assert.equal(errorOf(await browser.fetch(page, "GET", devices)), "subject_mismatch");
      user = "user-1";
      assert.equal(await linkedUser(browser), style.account.uid);
    });

    it("is not to be had by a secret that was in the browser before its login", async () => {
      const app = createApp({ api });
      const [victim, mallory] = [app.browser(), app.browser()];
      // A real secret, of a login that the attacker began, put into the victim's browser.
      await style.begin(mallory);
      await victim.setCookie(`${await mallory.cookies(page)}; Path=/; Secure`, page);
      await deliverUnheard(app, style, victim, await obtain(style, victim));
      assert.equal(await linkedUser(mallory), undefined);
      assert.equal(await linkedUser(victim), style.account.uid);
    });
  });
}

/** What an attacker sends to make a link that is not his to make. Every attempt has a code, and stores nothing. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuthHandlerOptions } from "tuya-auth/handler";

import type { Browser } from "../../www/demo/browser.js";
import { appOrigin, cloudOrigin, createApp, errorOf } from "../support/app.js";
import { type LinkStyle, linkedUser, linkStyles, obtain, type Returned } from "../support/link-styles.js";
import { openStore, storesNothing } from "../support/open-store.js";

function setUp(options: Partial<AuthHandlerOptions> = {}) {
  const store = openStore();
  const app = createApp({ store, ...options });
  /** Delivers what came back, which must fail. @returns the code */
  const attack = async (style: LinkStyle, browser: Browser, returned: Partial<Returned>) => {
    const answer = await storesNothing(store, () => style.deliver(browser, returned));
    assert.deepEqual(answer.headers.getSetCookie(), []);
    return errorOf(answer);
  };
  const exchanges = async () =>
    (await app.cloud.requests()).filter(({ target }) => target.includes("grant_type=2")).length;
  return { app, store, attack, exchanges };
}

for (const style of linkStyles) {
  describe(`an attack on a link whose code the ${style.name} takes`, () => {
    it("fails without a state, and with one that nobody gave", async () => {
      const { app, attack, exchanges } = setUp();
      const browser = app.browser();
      const { code, state } = await obtain(style, browser);
      const own = style.dataCenter;
      for (const [forged, error] of [
        ["", "state_missing"],
        ["x", "state_mismatch"],
        [`${"A".repeat(22)}.${own}`, "state_mismatch"],
        [state.toUpperCase(), "state_mismatch"],
        [` ${state}`, "callback_malformed"],
        [`${state} `, "callback_malformed"],
        [`${state}\0`, "callback_malformed"],
        [state.slice(1), "state_mismatch"],
        [`${state}.${own}`, "state_mismatch"],
        [`${state.slice(0, 22)}.cn`, "state_mismatch"],
        [state.slice(0, 22), "state_mismatch"],
        [`__proto__.${own}`, "state_mismatch"],
        [`${"A".repeat(5000)}.${own}`, "callback_malformed"],
      ] as const) {
        assert.equal(await attack(style, browser, { code, state: forged }), error, JSON.stringify(forged));
      }
      const missing = style.name === "server" ? "state_missing" : "callback_malformed";
      assert.equal(await attack(style, browser, { code }), missing);
      assert.equal(await exchanges(), 0);
      // None of it used the login up.
      assert.equal(errorOf(await style.deliver(browser, { code, state })), null);
    });

    it("fails with a state that was used, also along with a fresh code", async () => {
      const { app, attack, exchanges } = setUp();
      const browser = app.browser();
      const spent = await obtain(style, browser);
      assert.equal(errorOf(await style.deliver(browser, spent)), null);
      const fresh = await obtain(style, browser);
      assert.equal(await attack(style, browser, spent), "state_mismatch");
      assert.equal(await attack(style, browser, { code: fresh.code, state: spent.state }), "state_mismatch");
      assert.equal(await exchanges(), 1);
    });

    it("fails with the state of another browser, whether that has one of its own or not", async () => {
      const { app, attack, exchanges } = setUp();
      const [victim, mallory] = [app.browser(), app.browser()];
      const returned = await obtain(style, mallory);
      assert.equal(await attack(style, victim, returned), "state_mismatch");
      const own = await obtain(style, victim);
      assert.equal(await attack(style, victim, returned), "state_mismatch");
      assert.equal(await attack(style, victim, { ...own, state: returned.state }), "state_mismatch");
      assert.equal(await exchanges(), 0);
      assert.equal(await linkedUser(victim), undefined);
    });

    it("fails with the state of another data center", async () => {
      const { app, attack, exchanges } = setUp();
      const browser = app.browser();
      for (const other of linkStyles.filter(({ name }) => name !== style.name)) {
        const returned = await obtain(other, browser);
        assert.equal(await attack(style, browser, returned), "wrong_data_center");
        assert.equal(await exchanges(), 0);
        assert.equal(errorOf(await other.deliver(browser, returned)), null);
      }
    });

    it("fails with a code of another data center", async () => {
      const { app, attack } = setUp();
      const [browser, abroad] = [app.browser(), app.browser()];
      for (const other of linkStyles.filter(({ name }) => name !== style.name)) {
        const { code } = await obtain(other, abroad);
        const { state } = await obtain(style, browser);
        assert.equal(await attack(style, browser, { code, state }), "code_invalid");
      }
    });

    it("fails late, even when the store forgets nothing", async () => {
      const { app, attack, exchanges } = setUp();
      const browser = app.browser();
      const returned = await obtain(style, browser);
      app.advance(10 * 60_000);
      assert.equal(await attack(style, browser, returned), "state_mismatch");
      assert.equal(await exchanges(), 0);
    });

    it("fails with a code that was used, whose link stays as it was", async () => {
      const { app, attack } = setUp();
      const [victim, mallory] = [app.browser(), app.browser()];
      const { code, state } = await obtain(style, victim);
      assert.equal(errorOf(await style.deliver(victim, { code, state })), null);
      const own = await obtain(style, mallory);
      assert.equal(await attack(style, mallory, { code, state: own.state }), "code_invalid");
      assert.equal(await linkedUser(mallory), undefined);
      assert.equal(await linkedUser(victim), style.account.uid);
    });

    it("fails as another user of the application, or as nobody", async () => {
      for (const another of ["mallory", undefined, null, ""]) {
        let user: string | null | undefined = "victim";
        const { app, attack, exchanges } = setUp({ subject: () => user });
        const browser = app.browser();
        const returned = await obtain(style, browser);
        user = another;
        assert.equal(await attack(style, browser, returned), "subject_mismatch");
        user = "victim";
        assert.equal(await attack(style, browser, returned), "state_mismatch");
        assert.equal(await exchanges(), 0);
      }
    });

    it("fails with HEAD, ahead of time, and by another method", async () => {
      const { app, store, exchanges } = setUp();
      const browser = app.browser();
      const { code, state } = await obtain(style, browser);
      const query = new URLSearchParams({ code, state });
      const path = `/auth/callback/${style.dataCenter}?${query}`;
      const origin = { Origin: appOrigin };
      for (const init of [
        { method: "HEAD" },
        { headers: { "Sec-Purpose": "prefetch" } },
        { headers: { "Sec-Purpose": "prefetch;anonymous-client-ip" } },
        { headers: { "Sec-Purpose": "prerender" } },
        { headers: { Purpose: "Prefetch" } },
        { headers: { "X-Purpose": "preview" } },
        { headers: { "X-Moz": "prefetch" } },
        { method: "OPTIONS", headers: origin },
        { method: "POST", headers: origin, body: query },
      ]) {
        const answer = await storesNothing(store, () => app.send(browser, path, init));
        assert.notEqual(answer.status, 303);
        assert.deepEqual(answer.headers.getSetCookie(), []);
      }
      assert.equal(await exchanges(), 0);
      assert.equal(errorOf(await style.deliver(browser, { code, state })), null);
    });
  });
}

describe("a secret planted in the browser before the link", () => {
  const planted = "P".repeat(43);

  for (const style of linkStyles) {
    it(`is no session afterwards, and no login's either, where the ${style.name} takes the code`, async () => {
      const { app, store, attack } = setUp();
      const [victim, mallory] = [app.browser(), app.browser()];
      for (const browser of [victim, mallory]) {
        await browser.setCookie(`__Host-tuya-auth-session=${planted}; Path=/; Secure`, appOrigin);
        await browser.setCookie(`__Host-tuya-auth-login=${planted}; Path=/; Secure`, appOrigin);
      }
      const returned = await obtain(style, victim);
      assert.equal(await attack(style, mallory, returned), "state_mismatch");
      assert.equal(errorOf(await style.deliver(victim, returned)), null);
      assert.doesNotMatch(await victim.cookies(appOrigin), /PPPP/);
      assert.equal(await linkedUser(victim), style.account.uid);
      assert.equal(await storesNothing(store, () => linkedUser(mallory)), undefined);
    });
  }

  it("is replaced although it is a real one, which ends: an attacker's session shows no link of the victim's", async () => {
    const { app } = setUp();
    const [server, page] = linkStyles as readonly [LinkStyle, LinkStyle];
    const [victim, mallory] = [app.browser(), app.browser()];
    await page.deliver(mallory, await obtain(page, mallory));
    for (const pair of (await mallory.cookies(appOrigin)).split("; ")) {
      await victim.setCookie(`${pair}; Path=/; Secure`, appOrigin);
    }
    assert.equal(await linkedUser(victim), page.account.uid);
    await server.deliver(victim, await obtain(server, victim));
    assert.equal(await linkedUser(victim), server.account.uid);
    assert.equal(await linkedUser(mallory), undefined);
  });

  it("is not read from a cookie that another host or a plain connection could have set", async () => {
    const { app, attack } = setUp();
    const [style] = linkStyles as readonly [LinkStyle, LinkStyle];
    const [victim, mallory] = [app.browser(), app.browser()];
    const returned = await obtain(style, mallory);
    const secret = /login=([\w-]{43})/.exec(await mallory.cookies(appOrigin))?.[1] ?? "";
    for (const name of ["tuya-auth-login", "__Secure-tuya-auth-login", "__host-tuya-auth-login"]) {
      const headers = { Cookie: `${name}=${secret}` };
      const url = `${appOrigin}/auth/callback/us?${new URLSearchParams({ ...returned })}`;
      const answer = await app.handler.fetch(new Request(url, { headers }));
      assert.match(await answer.text(), /state_mismatch/, name);
    }
    assert.equal(await attack(style, victim, returned), "state_mismatch");
  });
});

describe("a cloud that redirects", () => {
  it("is not followed: what was sent to it stays there, and nothing is stored", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const seen: string[] = [];
      const store = openStore();
      const app = createApp({
        store,
        fetch: async (url, init) => {
          seen.push(new URL(url).origin);
          assert.equal(init.redirect, "manual");
          return new Response(null, { status, headers: { Location: "https://evil.example/" } });
        },
      });
      for (const style of linkStyles) {
        const browser = app.browser();
        const returned = await obtain(style, browser);
        const answer = await storesNothing(store, () => style.deliver(browser, returned));
        assert.equal(errorOf(answer), "unexpected_redirect");
      }
      assert.deepEqual(new Set(seen), new Set([cloudOrigin]));
    }
  });
});

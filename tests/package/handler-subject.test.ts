import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Browser } from "../../www/demo/browser.js";
import { appOrigin, authorize, beginLogin, createApp, errorOf, link } from "../support/app.js";
import { ann } from "../support/demo-seed.js";
import { linkStyles, obtain } from "../support/link-styles.js";
import { openStore, storesNothing } from "../support/open-store.js";

const page = `${appOrigin}/`;
const unlinked = { linked: false };

async function session(browser: Browser): Promise<unknown> {
  return (await browser.fetch(page, "GET", "/auth/session")).json();
}

describe("the application's own users", () => {
  it("own the links that they began", async () => {
    const links: object[] = [];
    const app = createApp({ subject: () => "user-1", onLinked: (made) => links.push(made) });
    await link(app, app.browser());
    assert.deepEqual(links, [{ subject: "user-1", uid: ann.uid, dataCenter: "us" }]);
  });

  it("cannot finish what another one began, whose login is over then", async () => {
    let user: string | undefined = "user-1";
    const app = createApp({ subject: async () => user });
    const browser = app.browser();
    const callback = await authorize(browser, await beginLogin(app, browser));
    user = "user-2";
    assert.equal(errorOf(await browser.open(callback)), "subject_mismatch");
    user = "user-1";
    assert.equal(errorOf(await browser.open(callback)), "state_mismatch");
    assert.deepEqual(await session(browser), unlinked);
  });

  it("must be signed in", async () => {
    for (const nobody of [undefined, null, ""]) {
      const app = createApp({ subject: () => nobody });
      assert.equal(errorOf(await app.browser().open(`${page}auth/login/us`)), "subject_mismatch");
    }
  });

  it("get no session when the application fails to note the link", async () => {
    const app = createApp({
      onLinked: () => {
        throw new Error("database of demo0app0secret0000000000000001x is gone");
      },
    });
    const browser = app.browser();
    const answer = await link(app, browser);
    assert.equal(answer.status, 500);
    assert.equal(errorOf(answer), "internal_error");
    assert.doesNotMatch(answer.text, /database|secret/);
    assert.deepEqual(await session(browser), unlinked);
    assert.deepEqual(app.events.at(-1), {
      type: "request_failed",
      route: "callback",
      code: "internal_error",
      error: "Error: database of … is gone",
    });
  });
});

describe("on a browser that several people use", () => {
  const api = ["GET /v1.0/users/{uid}/devices"];
  const devices = "/auth/api/v1.0/users/me/devices";

  for (const style of linkStyles) {
    it(`the next user does not find the link of the one before, where the ${style.name} takes the code`, async () => {
      const store = openStore();
      let user: string | null | undefined = "user-1";
      const app = createApp({ api, store, subject: () => user });
      const browser = app.browser();
      await style.deliver(browser, await obtain(style, browser));
      assert.deepEqual(await session(browser), {
        linked: true,
        uid: style.account.uid,
        dataCenter: style.dataCenter,
      });

      for (const another of ["user-2", "USER-1", "user-1 ", undefined, null, ""]) {
        user = another;
        await storesNothing(store, async () => {
          assert.deepEqual(await session(browser), unlinked);
          for (const [method, path] of [
            ["GET", devices],
            ["POST", "/auth/unlink"],
          ] as const) {
            const answer = await browser.fetch(page, method, path);
            assert.equal(answer.status, 403);
            assert.equal(errorOf(answer), "subject_mismatch");
          }
        });
      }
      user = "user-1";
      assert.equal((await browser.fetch(page, "GET", devices)).status, 200);
    });
  }

  it("the next user's own link takes the place of the session before, and logging out ends either", async () => {
    let user = "user-1";
    const app = createApp({ subject: () => user });
    const browser = app.browser();
    await link(app, browser);
    const before = await browser.cookies(page);
    user = "user-2";
    await link(app, browser);
    assert.deepEqual(await session(browser), { linked: true, uid: ann.uid, dataCenter: "us" });
    user = "user-1";
    const stale = new Request(`${page}auth/session`, { headers: { Cookie: before } });
    assert.deepEqual(await (await app.handler.fetch(stale)).json(), unlinked);
    assert.equal((await browser.fetch(page, "POST", "/auth/logout")).status, 204);
    user = "user-2";
    assert.deepEqual(await session(browser), unlinked);
  });

  it("a session from before the application told of its users is nobody's", async () => {
    const store = openStore();
    const plain = createApp({ store });
    const browser = plain.browser();
    await link(plain, browser);
    assert.deepEqual(await session(browser), { linked: true, uid: ann.uid, dataCenter: "us" });
    const told = createApp({ store, api, subject: () => "user-1" });
    assert.equal((await told.send(browser, devices)).status, 403);
  });

  it("the store holds the user's hash with the session, not the user", async () => {
    const store = openStore();
    const app = createApp({ store, subject: () => "someone@example.com" });
    await link(app, app.browser());
    const records = [...(await store.contents())].flat().join("\n");
    assert.match(records, /"subject":"[\w-]{43}"/);
    assert.doesNotMatch(records, /someone/);
  });
});

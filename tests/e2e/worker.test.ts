/** What the demo's worker answers beside a link: its headers, its settings for the page, and what it refuses. */

import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { after, before, describe, it } from "node:test";

import { Browser } from "../../www/demo/browser.js";
import { demoAccount } from "../../www/demo/local.js";
import { readWranglerFile } from "../../www/demo/wrangler.js";
import { type ServedDemo, serveDemo } from "./demo-process.js";
import { bo, confirm } from "./person.js";

let demo: ServedDemo;
before(async () => {
  demo = await serveDemo();
});
after(() => demo.stop());

describe("the worker", () => {
  for (const [path, status] of [
    ["/", 200],
    ["/main.js", 200],
    ["/nothing", 404],
    ["/config.json", 200],
    ["/auth/session", 200],
    ["/auth/nothing", 404],
    ["/auth/login/us", 303],
    ["/auth/callback/us", 303],
    ["/auth/callback/eu", 200],
  ] as const) {
    it(`answers ${path} with its security headers`, async () => {
      const answer = await new Browser().open(`${demo.origin}${path}`);
      assert.equal(answer.status, status);
      const header = (name: string) => answer.headers.get(name) ?? "";
      assert.match(header("Content-Security-Policy"), /default-src 'none'.*frame-ancestors 'none'/);
      assert.doesNotMatch(header("Content-Security-Policy"), /unsafe-inline|'unsafe-eval'/);
      assert.equal(header("X-Content-Type-Options"), "nosniff");
      assert.equal(header("X-Frame-Options"), "DENY");
      assert.equal(header("Referrer-Policy"), "no-referrer");
    });
  }

  it("answers on every address that localhost may stand for", async () => {
    const { port } = new URL(demo.origin);
    const loopback = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ address }) => address === "127.0.0.1" || address === "::1");
    assert.ok(loopback.length > 0);
    for (const { address, family } of loopback) {
      const host = family === "IPv6" ? `[${address}]` : address;
      assert.equal((await new Browser().open(`http://${host}:${port}/`)).status, 200);
    }
  });

  it("tells the page which data centers it offers, and nothing else of its settings", async () => {
    const { vars } = await readWranglerFile();
    const config = await new Browser().open(`${demo.origin}/config.json`);
    assert.deepEqual(config.json(), {
      dataCenters: Object.entries(vars.TUYA_DATA_CENTERS).map(([code, { callback = "server" }]) => ({
        code,
        callback,
      })),
    });
  });

  it("calls the cloud for nobody who is not linked, and offers the devices alone", async () => {
    const browser = new Browser();
    const home = `${demo.origin}/`;
    const devices = `/auth/api/v1.0/users/${demoAccount.uid}/devices`;
    assert.equal((await browser.fetch(home, "GET", devices)).status, 401);

    const login = await browser.follow(await browser.open(`${demo.origin}/auth/login/us?return_to=/`));
    await confirm(browser, login, demoAccount);

    assert.equal((await browser.fetch(home, "GET", devices)).status, 200);
    assert.equal((await browser.fetch(home, "POST", devices)).status, 403);
    const another = `/auth/api/v1.0/users/${bo.uid}/devices`;
    assert.equal((await browser.fetch(home, "GET", another)).status, 403);
    assert.equal((await browser.fetch(home, "GET", "/auth/api/v1.0/token?grant_type=1")).status, 403);
  });
});

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Browser } from "../../www/demo/browser.js";
import type { CloudServer } from "./cloud-server.js";
import { linkedUser, linkStylesAt, obtain, type Sent } from "./link-styles.js";

/** An application that runs, and whose requests with {@link STEPPING} tell the cloud's server of each step of its store. */
export interface SteppingApp {
  readonly origin: string;
  readonly server: CloudServer;
  /**
   * Called before a request with {@link STEPPING} is sent. @returns a function that is called when its browser has closed
   * the connection, and resolves once the runtime has noticed
   */
  watchForLeaving(): () => Promise<void>;
  /** What the process has written, for messages. */
  output(): string;
  stop(): Promise<void>;
}

/** The header of requests whose steps are told. */
export const STEPPING = "X-Stepping";

/** A call of the token's refresh, as the cloud records its target. */
const REFRESH = /\/v1\.0\/token\/[^/?]+$/;
const EXCHANGE = /grant_type=2/;
const DEVICES = /\/v1\.0\/users\/[^/]+\/devices$/;

/** Where the browser goes away. Of what the cloud answers, it has worked the request off and not answered yet. */
const linkPlaces: readonly RegExp[] = [
  /^before get login$/,
  /^after get browser$/,
  /^before take login$/,
  /^after take login$/,
  /^before set browser$/,
  EXCHANGE,
  /^before set token$/,
  /^after set token$/,
  /^before set link$/,
  /^before set handover$/,
  /^after set handover$/,
  /^before set session$/,
  /^after set session$/,
];
const loginPlaces = [
  /^before set browser$/,
  /^after set browser$/,
  /^before set login$/,
  /^after set login$/,
];
const refreshPlaces: readonly RegExp[] = [
  /^before get session$/,
  /^after get link$/,
  /^after get token$/,
  DEVICES,
  /^before lock token$/,
  /^after lock token$/,
  REFRESH,
  /^before set token$/,
  /^after set token$/,
  /^before unlock token$/,
  /^after unlock token$/,
];

/** How long work may take that nobody waits for, in ms. */
const LIMIT = 15_000;

/**
 * Drives a browser that closes its connection at each step of a link and of a refresh. Whatever was begun is finished,
 * and the next request works without another login.
 */
export function describeDisconnects(where: string, start: () => Promise<SteppingApp>): void {
  describe(`a browser that goes away, ${where}`, () => {
    let app: SteppingApp;
    before(async () => {
      app = await start();
    });
    after(() => app.stop());

    /** Sends a request, and closes its connection once it has come to the place. */
    async function leaveAt(place: RegExp, browser: Browser, { url, init }: Sent): Promise<void> {
      const held = app.server.hold(place);
      const noticed = app.watchForLeaving();
      const leaving = new AbortController();
      const headers = { ...init.headers, [STEPPING]: "1", Cookie: await browser.cookies(app.origin) };
      const visit = fetch(url, { ...init, headers, redirect: "manual", signal: leaving.signal });
      const answered = visit.then(({ status }) => Promise.reject(new Error(`answered with ${status}`)));
      try {
        await Promise.race([held.reached, answered]);
        leaving.abort();
        await assert.rejects(visit, { name: "AbortError" });
        await noticed();
      } finally {
        await answered.catch(() => undefined);
        held.release();
      }
    }

    /** How many devices a call for the linked user shows. */
    async function devices(browser: Browser): Promise<number> {
      const answer = await browser.fetch(`${app.origin}/`, "GET", "/auth/api/v1.0/users/me/devices");
      assert.equal(answer.status, 200, `${answer.text}\n${app.output()}`);
      return (answer.json() as { result: unknown[] }).result.length;
    }

    /** How often the cloud took a kind of call. */
    async function taken(target: RegExp): Promise<number> {
      const requests = await app.server.cloud.requests();
      return requests.filter((request) => target.test(request.target) && request.verdict === "ok").length;
    }

    async function expireTokens(): Promise<void> {
      const headers = { "Content-Type": "application/json" };
      const init = { method: "POST", headers, body: "{}" };
      assert.equal((await fetch(`${app.server.origin}/control/expire-tokens`, init)).status, 200);
    }

    for (const index of [0, 1] as const) {
      const name = ["the callback", "the page"][index];
      const styleOf = () => linkStylesAt(app.origin, app.server.origin)[index];
      const open = new Browser();

      for (const place of linkPlaces) {
        it(`finds its link, made by ${name}, at the next request: ${place.source}`, async () => {
          const [style, browser] = [styleOf(), new Browser()];
          const returned = await obtain(style, browser);
          const exchanges = await taken(EXCHANGE);
          await leaveAt(place, browser, style.delivery(returned));
          for (const deadline = Date.now() + LIMIT; (await linkedUser(browser, app.origin)) === undefined; ) {
            assert.ok(Date.now() < deadline, `the link was not made\n${app.output()}`);
          }
          assert.equal(await linkedUser(browser, app.origin), style.account.uid);
          assert.equal(await devices(browser), 2);
          assert.equal(await taken(EXCHANGE), exchanges + 1);
        });
      }

      for (const place of loginPlaces) {
        it(`links by ${name} with a login after the one that it left: ${place.source}`, async () => {
          const style = styleOf();
          await leaveAt(place, open, style.beginning);
          const answer = await style.deliver(open, await obtain(style, open));
          assert.ok(answer.status === 303 || answer.status === 200, `${answer.text}\n${app.output()}`);
          assert.equal(await linkedUser(open, app.origin), style.account.uid);
        });
      }
    }

    describe("during a call whose token has expired", () => {
      const browser = new Browser();
      before(async () => {
        const [style] = linkStylesAt(app.origin, app.server.origin);
        await style.deliver(browser, await obtain(style, browser));
        assert.equal(await devices(browser), 2);
      });

      for (const place of refreshPlaces) {
        it(`gets its next answer, after one refresh in all: ${place.source}`, async () => {
          await expireTokens();
          const refreshes = await taken(REFRESH);
          const url = `${app.origin}/auth/api/v1.0/users/me/devices`;
          await leaveAt(place, browser, { url, init: { method: "GET", headers: {} } });
          assert.equal(await devices(browser), 2);
          assert.equal(await taken(REFRESH), refreshes + 1);
        });
      }

      it("leaves nothing behind that another request waits for", async () => {
        await expireTokens();
        const refreshes = await taken(REFRESH);
        const calls = Array.from({ length: 20 }, () => devices(browser));
        assert.deepEqual(await Promise.all(calls), Array(20).fill(2));
        assert.equal(await taken(REFRESH), refreshes + 1);
      });
    });
  });
}

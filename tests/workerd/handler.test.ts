import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";

import { Browser } from "../../www/demo/browser.js";
import { authorize, redirectOf } from "../support/app.js";
import type { CloudServer } from "../support/cloud-server.js";
import { ann, appKeys } from "../support/demo-seed.js";
import type { SteppingApp } from "../support/disconnects.js";
import { startHandlerWorker } from "./handler-process.js";

/** A call of the token's refresh, as the cloud records its target. */
const REFRESH = /\/v1\.0\/token\/[^/?]+$/;

describe("the handler on workerd, with its store in Durable Objects", () => {
  let origin: string;
  let server: CloudServer;
  let running: SteppingApp;
  let browser: Browser;

  before(async () => {
    running = await startHandlerWorker();
    ({ origin, server } = running);
  });
  after(() => running.stop());
  beforeEach(() => {
    browser = new Browser();
  });

  /** Logs in and confirms. @returns the callback's address, not opened yet */
  async function callback(): Promise<string> {
    const login = await browser.open(`${origin}/auth/login/us?return_to=/done`, `${origin}/`);
    return authorize(browser, redirectOf(login));
  }

  async function link(): Promise<void> {
    const answer = await browser.open(await callback());
    assert.equal(answer.redirect, `${origin}/done`, `${answer.text}\n${running.output()}`);
  }

  /** How many devices a call through the worker shows; more calls run at once. */
  async function devices(): Promise<number> {
    const answer = await browser.fetch(`${origin}/`, "GET", "/auth/api/v1.0/users/me/devices");
    assert.equal(answer.status, 200, `${answer.text}\n${running.output()}`);
    return (answer.json() as { result: unknown[] }).result.length;
  }

  /** What the cloud has seen of a kind of call. */
  async function seen(target: RegExp): Promise<string[]> {
    const requests = await server.cloud.requests();
    return requests.filter((request) => target.test(request.target)).map(({ verdict }) => verdict);
  }

  /** Lets the cloud refuse every token that it has given out. */
  async function expireTokens(): Promise<void> {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${server.origin}/control/expire-tokens`, {
      method: "POST",
      headers,
      body: "{}",
    });
    assert.equal(answer.status, 200);
  }

  it("links an account and calls for it", async () => {
    await link();
    assert.equal(await devices(), 2);
  });

  it("takes one of 20 callbacks at a time", async () => {
    const url = await callback();
    const before = (await seen(/grant_type=2/)).length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.open(url)));
    const landed = answers.filter(({ redirect }) => redirect === `${origin}/done`);
    assert.equal(landed.length, 1);
    assert.equal(answers.filter(({ status }) => status === 400).length, 19);
    assert.equal((await seen(/grant_type=2/)).length, before + 1);
  });

  it("refreshes once for 20 requests at a time, each of which gets its answer", async () => {
    await link();
    const before = (await seen(REFRESH)).length;
    await expireTokens();
    const held = server.hold(REFRESH);
    const calls = Promise.all(Array.from({ length: 20 }, devices));
    await held.reached;
    held.release();
    assert.deepEqual(await calls, Array(20).fill(2));
    assert.deepEqual((await seen(REFRESH)).slice(before), ["ok"]);
  });

  it("stores the tokens of a code although the browser goes away", async () => {
    const key = `token:${appKeys.clientId}:us:user:${ann.uid}`;
    const stored = async () => {
      const answer = await fetch(`${origin}/stored?key=${encodeURIComponent(key)}`);
      return (await answer.json()) as { version: string } | null;
    };
    const before = await stored();
    const url = await callback();
    const held = server.hold(/grant_type=2/);
    const leaving = new AbortController();
    const cookie = await browser.cookies(origin);
    const visit = fetch(url, { signal: leaving.signal, redirect: "manual", headers: { cookie } });
    await held.reached;
    leaving.abort();
    await assert.rejects(visit, { name: "AbortError" });
    held.release();
    for (const deadline = Date.now() + 10_000; (await stored())?.version === before?.version; ) {
      assert.ok(Date.now() < deadline, "the tokens were not stored");
    }
  });

  it("ends a link with all its sessions", async () => {
    await link();
    const answer = await browser.fetch(`${origin}/`, "POST", "/auth/unlink");
    assert.equal(answer.status, 204, running.output());
    const session = await browser.fetch(`${origin}/`, "GET", "/auth/session");
    assert.deepEqual(session.json(), { linked: false });
  });
});

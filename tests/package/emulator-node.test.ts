import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, it } from "node:test";

import { createCloud } from "tuya-auth/emulator";
import { serveCloud } from "tuya-auth/emulator/node";

import { obtainCode } from "../support/consent.js";
import { ann, cloudKeys } from "../support/demo-seed.js";

describe("serveCloud", () => {
  it("serves a cloud that exists, on a free port of loopback", async () => {
    const cloud = createCloud();
    const served = await serveCloud(cloud);
    assert.equal(served.cloud, cloud);
    assert.match(served.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    await obtainCode({ fetch, origin: served.origin, dataCenter: "us", account: ann });
    assert.equal((await cloud.requests()).length, 4);
    await served.close();
    await assert.rejects(fetch(served.origin));
  });

  it("makes a cloud of options, and ends it with its scope", async () => {
    const served = await serveCloud({ seed: { callbackOrigin: "https://app.example" } });
    assert.match(JSON.stringify(await served.cloud.snapshot()), /https:\/\/app\.example/);
    await served[Symbol.asyncDispose]();
    await assert.rejects(fetch(served.origin));
  });

  it("is not kept by answers that are held back, nor by open connections", async () => {
    const { cloud, origin, close } = await serveCloud();
    await cloud.fail({ delayMs: 600_000 });
    const { port } = new URL(origin);
    const socket = connect(Number(port), "127.0.0.1");
    const asked = fetch(`${origin}/us/v1.0/token`);
    const refused = assert.rejects(asked);
    while ((await cloud.requests()).length === 0) await new Promise(setImmediate);
    const ended = once(socket, "close");
    await close();
    await Promise.all([refused, ended]);
  });

  it("refuses an address that others reach without a token, and a port that is taken", async () => {
    for (const cloud of [{}, createCloud()]) {
      await assert.rejects(serveCloud(cloud, { host: "0.0.0.0" }), {
        code: "invalid_argument",
        message: /token/,
      });
    }
    const served = await serveCloud();
    const port = Number(new URL(served.origin).port);
    await assert.rejects(serveCloud({}, { port }), { code: "EADDRINUSE" });
    await served.close();
  });

  it("listens on IPv6's loopback too", { skip: !hasIpv6() && "this machine has no ::1" }, async () => {
    const served = await serveCloud({}, { host: "::1" });
    assert.match(served.origin, /^http:\/\/\[::1\]:\d+$/);
    assert.equal((await fetch(`${served.origin}/control/requests`)).status, 200);
    await served.close();
  });
});

describe("a cloud that others can reach", () => {
  it("asks for its token where it can be changed, and answers to the names it was told", async () => {
    const served = await serveCloud({ token: "t0ken", hosts: ["cloud.test"] }, { host: "0.0.0.0" });
    const { port } = new URL(served.origin);
    const ask = (path: string, headers: Record<string, string> = {}) =>
      served.cloud.handle({ method: "GET", target: path, headers: Object.entries(headers) });
    const status = async (...args: Parameters<typeof ask>) => (await ask(...args)).status;
    const authorization = "Bearer t0ken";
    assert.equal(await status("/control/requests", { host: `cloud.test:${port}` }), 401);
    assert.equal(await status("/control/requests", { host: `cloud.test:${port}`, authorization }), 200);
    assert.equal(await status("/us/d/login", { host: "other.test", authorization }), 421);
    const page = `/us/v1.0/token?grant_type=1&client_id=${cloudKeys.clientId}`;
    assert.equal(await status(page, { host: `cloud.test:${port}` }), 200);
    assert.equal((await fetch(`${served.origin}/control/requests`)).status, 401);
    await served.close();
  });

  it("answers to the address that it listens on", {
    skip: outside() === undefined && "no other address",
  }, async () => {
    const served = await serveCloud({ token: "t0ken" }, { host: String(outside()) });
    assert.equal((await fetch(`${served.origin}/us/v1.0/token`)).status, 200);
    await served.close();
  });
});

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
}

/** An address of this machine that is not loopback's. */
function outside(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((some) => some ?? []);
  return all.find(({ internal, family }) => !internal && family === "IPv4")?.address;
}

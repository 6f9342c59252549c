/** What reaches the example for `node:http` on the wire, byte by byte. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";

import { Browser } from "../../www/demo/browser.js";
import { linkedUser, linkStylesAt, obtain } from "../support/link-styles.js";
import { type RunningExample, startExample } from "./example-process.js";

describe("the adapter for node:http", () => {
  let running: RunningExample;
  let port: number;
  before(async () => {
    const command = { program: process.execPath, args: ["examples/node/server.js"] };
    running = await startExample(() => command, /^listening on /);
    port = Number(new URL(running.origin).port);
  });
  after(() => running.stop());

  /** Sends these lines as a request. @returns the answer as it came */
  async function raw(...lines: readonly string[]): Promise<string> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.write([...lines, "Connection: close", "", ""].join("\r\n"));
    return text(socket);
  }

  it("goes by its own origin, whatever host a request names, and in whatever place", async () => {
    const own = encodeURIComponent(`${running.origin}/auth/callback/us`);
    for (const lines of [
      ["GET /auth/login/us HTTP/1.1", "Host: evil.example"],
      ["GET /auth/login/us HTTP/1.1", "Host: evil.example", "X-Forwarded-Host: evil.example"],
      ["GET /auth/login/us HTTP/1.1", `Host: 127.0.0.1:${port}@evil.example`],
      ["GET /auth/login/us HTTP/1.0"],
    ]) {
      const answer = await raw(...lines);
      assert.match(answer, /^HTTP\/1\.1 303 /);
      assert.ok(answer.includes(`redirect_uri=${own}`), answer);
      assert.doesNotMatch(answer, /evil/);
    }
  });

  it("takes a path for a path, and nothing else", async () => {
    for (const [target, status] of [
      ["http://evil.example/auth/session", 400],
      [`http://127.0.0.1:${port}/auth/session`, 400],
      ["*", 400],
      ["//evil.example/auth/session", 404],
      ["/\\evil.example/auth/session", 404],
      ["/auth/../auth/session", 200],
      ["/auth/session?x=http://evil.example", 200],
    ] as const) {
      const answer = await raw(`GET ${target} HTTP/1.1`, "Host: app.example");
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `), target);
    }
  });

  it("lets no line break into a header, and no second cookie past the first", async () => {
    const { origin, cloud } = running;
    const [style] = linkStylesAt(origin, cloud.origin);
    const browser = new Browser();
    await style.deliver(browser, await obtain(style, browser));
    assert.equal(await linkedUser(browser, origin), style.account.uid);
    const cookies = await browser.cookies(origin);
    const [session = ""] = cookies.split("; ").filter((pair) => pair.includes("session="));

    const head = ["GET /auth/session HTTP/1.1", "Host: app.example"];
    assert.match(await raw(...head, `Cookie: ${session}`), /"linked":true/);
    for (const lines of [
      [`Cookie: ${session}`, `Cookie: ${session}`],
      [`Cookie: ${session}`, `Cookie: ${session.replace(/=.*/, `=${"A".repeat(43)}`)}`],
      [`Cookie: ${session}; x=y; ${session}`],
    ]) {
      assert.match(await raw(...head, ...lines), /"linked":false/, lines.join(" | "));
    }
    for (const path of [
      "/auth/login/us?return_to=/%0d%0aX-Evil:%201",
      "/auth/callback/us?state=%0d%0aX-Evil:%201&code=%0aX-Evil:%201",
      "/auth/api/v1.0/users/me/devices?x=%0d%0aX-Evil:%201",
    ]) {
      const answer = await raw(`GET ${path} HTTP/1.1`, "Host: app.example", `Cookie: ${session}`);
      assert.match(answer, /^HTTP\/1\.1 (200|400) /);
      assert.doesNotMatch(answer, /^X-Evil/im);
    }
  });
});

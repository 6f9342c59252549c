import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { type TokenSet, TuyaClient } from "tuya-auth/server";

import { Browser } from "../../www/demo/browser.js";
import { findPort } from "../../www/demo/loopback.js";
import { authorize } from "../support/app.js";
import { command } from "../support/command.js";
import { ann, appKeys } from "../support/demo-seed.js";
import { type EmulatorProcess, type Run, runCommandBy, startEmulator } from "../support/emulator-process.js";

const env = { TUYA_CLIENT_ID: appKeys.clientId, TUYA_CLIENT_SECRET: appKeys.secret };

describe("tuya-auth link", () => {
  let cloud: EmulatorProcess;
  let folder: string;
  let port: string;
  before(async () => {
    port = String((await findPort(0, "--port")).port);
    cloud = await startEmulator("--callback-origin", `http://localhost:${port}`);
    folder = mkdtempSync(join(tmpdir(), "tuya-auth-link-"));
  });
  after(async () => {
    await cloud.stop();
    rmSync(folder, { recursive: true });
  });

  /** Begins a link. @returns the run, and the address that it prints */
  async function begin(...args: string[]): Promise<Run & { readonly url: string }> {
    const at = ["--page", `${cloud.origin}/us/d/login`, "--openapi", `${cloud.origin}/us`];
    const run = runCommandBy({ env, input: true }, "link", ...at, "--data-center", "us", ...args);
    for (;;) {
      const { done, value } = await run.lines.next();
      if (done) throw new Error(`no address was printed: ${run.errors()}`);
      if (value.startsWith("http")) return { ...run, url: value };
    }
  }

  /** Logs in as Ann. @returns the callback that her browser is sent to */
  function confirmed(url: string): Promise<string> {
    return authorize(new Browser(), url);
  }

  /** What a run still prints, and its status. No secret is in it. */
  async function ended(run: Run, ...secrets: string[]): Promise<{ status: number | null; printed: string }> {
    const lines: string[] = [];
    for await (const line of { [Symbol.asyncIterator]: () => run.lines }) lines.push(line);
    const printed = lines.join("\n") + run.errors();
    for (const secret of [appKeys.secret, ...secrets]) assert.ok(!printed.includes(secret), printed);
    return { status: await run.status, printed };
  }

  it("waits at the callback URL, and writes the tokens to a file of its owner's", async () => {
    const out = join(folder, "tokens.json");
    const run = await begin("--port", port, "--out", out);
    const callback = new URL(await confirmed(run.url));
    assert.equal(callback.origin + callback.pathname, `http://localhost:${port}/auth/callback/us`);
    const answer = await fetch(callback);
    assert.deepEqual([answer.status, answer.headers.get("referrer-policy")], [200, "no-referrer"]);
    assert.match(await answer.text(), /^The account is linked\./);

    const tokens: TokenSet = JSON.parse(readFileSync(out, "utf8"));
    const { status, printed } = await ended(run, tokens.accessToken, tokens.refreshToken);
    assert.equal(status, 0, printed);
    assert.match(printed, new RegExp(`^uid +${ann.uid}$`, "m"));
    assert.match(printed, /^data center +us$/m);
    assert.ok(printed.includes(new Date(tokens.expiresAt).toISOString()));
    assert.equal(statSync(out).mode & 0o777, 0o600);

    const client = new TuyaClient({ ...appKeys, dataCenter: { code: "us", openapi: `${cloud.origin}/us` } });
    await client.importTokens(tokens);
    const path = `/v1.0/users/${ann.uid}/devices`;
    assert.equal((await client.forUser(ann.uid).request<unknown[]>({ path })).result.length, 2);
  });

  it("goes on when something else comes to the callback URL", async () => {
    const run = await begin("--port", port);
    const callback = await confirmed(run.url);
    const forged = new URL(callback);
    forged.searchParams.set("state", `${"A".repeat(22)}.us`);
    const refused = new URL(`?error=access_denied&state=${"A".repeat(22)}.us`, callback);
    for (const [address, method, status] of [
      [forged, "GET", 400],
      [refused, "GET", 400],
      [new URL("?", callback), "GET", 400],
      [callback, "HEAD", 405],
      [callback, "POST", 405],
      [new URL("/favicon.ico", callback), "GET", 404],
    ] as const) {
      assert.equal((await fetch(address, { method })).status, status, `${method} ${address}`);
    }
    assert.equal((await fetch(callback)).status, 200);
    const { status, printed } = await ended(run);
    assert.equal(status, 0, printed);
    assert.match(printed, /^tokens +not kept/m);
  });

  it("takes the address that the browser ended at, pasted", async () => {
    const run = await begin("--paste", "--port", port);
    run.child.stdin?.write(`\n  ${await confirmed(run.url)}\n`);
    const { status, printed } = await ended(run);
    assert.equal(status, 0, printed);
    assert.match(printed, new RegExp(`^uid +${ann.uid}$`, "m"));
  });

  it("takes what ended elsewhere, at any callback URL that is registered", async () => {
    const origin = "https://app.example";
    const elsewhere = await startEmulator("--callback-origin", origin);
    try {
      const at = ["--page", `${elsewhere.origin}/us/d/login`, "--openapi", `${elsewhere.origin}/us`];
      const callback = `${origin}/auth/callback/us`;
      const run = await begin(...at, "--paste", "--callback", callback);
      const ends = await confirmed(run.url);
      assert.ok(ends.startsWith(`${callback}?`));
      run.child.stdin?.write(`${ends}\n`);
      const { status, printed } = await ended(run);
      assert.equal(status, 0, printed);
    } finally {
      await elsewhere.stop();
    }
  });

  it("refuses what is pasted from another link, or nothing", async () => {
    const other = await begin("--paste", "--port", port);
    const callback = await confirmed(other.url);
    other.child.stdin?.end();
    assert.deepEqual((await ended(other)).status, 2);
    for (const [pasted, said] of [
      [callback, /state/],
      ["hello", /state/],
    ] as const) {
      const run = await begin("--paste", "--port", port);
      run.child.stdin?.write(`${pasted}\n`);
      const { status, printed } = await ended(run);
      assert.equal(status, 1);
      assert.match(printed, said);
    }
  });

  it("says that the person refused, and leaves no file behind", async () => {
    const out = join(folder, "refused.json");
    const run = await begin("--port", port, "--out", out);
    const answer = await fetch(await authorize(new Browser(), run.url, { decision: "refuse" }));
    assert.equal(answer.status, 400);
    const { status, printed } = await ended(run);
    assert.equal(status, 1);
    assert.match(printed, /^tuya-auth link: /m);
    assert.throws(() => statSync(out), { code: "ENOENT" });
  });

  it("says what the cloud has against the exchange, to browser and terminal", async () => {
    await cloud.control("fail", { path: "/v1.0/token", code: 1004 });
    const run = await begin("--port", port);
    const answer = await fetch(await confirmed(run.url));
    assert.equal(answer.status, 502);
    const { status, printed } = await ended(run);
    assert.equal(status, 1);
    assert.match(printed, /1004/);
  });

  it("leaves no file behind when it is stopped", async () => {
    const out = join(folder, "stopped.json");
    const run = await begin("--port", port, "--out", out);
    assert.equal(statSync(out).size, 0);
    run.child.kill("SIGINT");
    const { status, printed } = await ended(run);
    assert.deepEqual([status, printed], [1, "tuya-auth link: stopped\n"]);
    assert.throws(() => statSync(out), { code: "ENOENT" });
  });

  it("says that the port is taken", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(Number(port), "127.0.0.1", resolve));
    try {
      const page = ["--page", `${cloud.origin}/us/d/login`, "--data-center", "us"];
      const { status, errors } = await command(["link", ...page, "--port", port]);
      assert.equal(status, 1);
      assert.match(errors, new RegExp(`cannot listen on 127.0.0.1, port ${port}: EADDRINUSE`));
    } finally {
      taken.close();
    }
  });

  it("ends with status 2 when it is called wrongly, and never takes a secret as an argument", async () => {
    const there = join(folder, "there.json");
    writeFileSync(there, "mine");
    const page = ["--page", "https://page.example/d/login"];
    const us = [...page, "--data-center", "us"];
    for (const [args, said] of [
      [[], /--page is needed/],
      [page, /--data-center takes one of cn, us,/],
      [[...page, "--data-center", "mars"], /--data-center takes one of/],
      [["--page", "http://page.example/", "--data-center", "us"], /https/],
      [[...us, "--openapi", "http://api.example"], /https/],
      [[...us, "--port", "0"], /not a port \(1 to 65535\)/],
      [[...us, "--port", "1", "--callback", "http://localhost/"], /--port or --callback/],
      [[...us, "--callback", "nowhere"], /is no URL/],
      [[...us, "--callback", "https://app.example/callback"], /not on this machine: give --paste/],
      [[...us, "--secret", "hunter2hunter2"], /never taken from the arguments/],
      [[...us, "--out", there], /it is there already/],
      [[...us, "--out", join(folder, "no/such/folder")], /ENOENT/],
    ] as const) {
      const { status, output, errors } = await command(["link", ...args]);
      assert.deepEqual([status, output], [2, ""], `${args.join(" ")}: ${errors}`);
      assert.match(errors, said);
      assert.ok(!errors.includes("hunter2"));
    }
    assert.equal(readFileSync(there, "utf8"), "mine");
    const { errors } = await command(["link", ...us], "", { TUYA_CLIENT_SECRET: undefined });
    assert.match(errors, /there is no secret: set TUYA_CLIENT_SECRET/);
  });

  it("says what it can do", async () => {
    const { status, output } = await command(["link", "--help"]);
    assert.equal(status, 0);
    for (const option of ["--page", "--data-center", "--port", "--paste", "--out", "TUYA_CLIENT_SECRET"]) {
      assert.ok(output.includes(option));
    }
  });
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { after, before, describe, it, type TestContext } from "node:test";

import { Signer, TuyaClient } from "tuya-auth/server";

import { obtainCode } from "../support/consent.js";
import { ann, appKeys, callbackOf, cloudKeys } from "../support/demo-seed.js";
import {
  type EmulatorProcess,
  runCommand,
  runCommandBy,
  startEmulator,
  startEmulatorBy,
} from "../support/emulator-process.js";

describe("tuya-auth emulator", () => {
  let emulator: EmulatorProcess;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());

  it("serves the whole link over HTTP, to the package's own client", async () => {
    const { origin } = emulator;
    const code = await obtainCode({ fetch, origin, dataCenter: "us", account: ann });
    const client = new TuyaClient({ ...appKeys, dataCenter: { code: "us", openapi: `${origin}/us` } });
    const { uid } = await client.exchangeCode(code);
    assert.equal(uid, ann.uid);
    const path = `/v1.0/users/${uid}/devices`;
    const { result } = await client.forUser(uid).request<{ name: string }[]>({ path });
    assert.deepEqual(
      result.map(({ name }) => name),
      ["Ann's lamp", "Ann's plug"],
    );
  });

  it("hands on a GET's body, the raw target and raw headers", async () => {
    const signer = new Signer(appKeys);
    const path = "/v1.0/token?grant_type=1&x=%20%2b+";
    const headers = signer.sign({ url: path, body: "{}" });
    const sent = request(`${emulator.origin}/us${path}`, { headers: { ...headers, "content-length": "2" } });
    sent.end("{}");
    const [answer] = await once(sent, "response");
    assert.equal(JSON.parse(await text(answer)).success, true);
  });

  it("refuses a body of more than 1 MiB", async () => {
    const body = new Uint8Array((1 << 20) + 1);
    const response = await fetch(`${emulator.origin}/us/d/login`, { method: "POST", body });
    assert.equal(response.status, 413);
  });

  it("breaks a connection half-way when it is told to", async () => {
    await emulator.control("fail", { body: "cut", delayMs: 5 });
    const response = await fetch(`${emulator.origin}/us/v1.0/token`);
    await assert.rejects(response.json());
    assert.equal((await fetch(`${emulator.origin}/us/v1.0/token`)).status, 200);
  });

  it("lets only this machine's own pages control it", async () => {
    const response = await fetch(`${emulator.origin}/control/requests`, {
      headers: { origin: "http://evil.example" },
    });
    assert.equal(response.status, 403);
  });
});

describe("tuya-auth emulator beyond loopback", () => {
  const requests = async ({ origin }: EmulatorProcess, host: string, token?: string) => {
    const { port } = new URL(origin);
    const headers = { host, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    const sent = request(`http://127.0.0.1:${port}/control/requests`, { headers }).end();
    const [{ statusCode }] = await once(sent, "response");
    return statusCode;
  };

  it("makes a token, prints it once, and asks for it", async () => {
    const emulator = await startEmulator("--host", "0.0.0.0", "--name", "cloud.test", "--name", "other.test");
    assert.equal((await fetch(`${emulator.origin}/control/requests`)).status, 401);
    const token = /^token ([\w-]{32})$/.exec(String((await emulator.lines.next()).value))?.[1];
    assert.equal(await requests(emulator, "cloud.test"), 401);
    assert.equal(await requests(emulator, "other.test", token), 200);
    assert.equal(await requests(emulator, "foreign.test", token), 421);
    await emulator.stop();
  });

  it("takes the environment's token, and does not print it", async () => {
    const env = { TUYA_EMULATOR_TOKEN: "t0ken-of-the-environment" };
    for (const args of [["--host", "0.0.0.0"], []]) {
      const emulator = await startEmulatorBy({ env }, ...args);
      assert.equal(await requests(emulator, "localhost"), 401);
      assert.equal(await requests(emulator, "localhost", env.TUYA_EMULATOR_TOKEN), 200);
      await emulator.stop();
      assert.equal((await emulator.lines.next()).done, true);
    }
  });

  it("refuses a token that no header can carry, without showing it", async () => {
    const run = runCommandBy({ env: { TUYA_EMULATOR_TOKEN: "not a token" } }, "emulator", "--port", "0");
    assert.equal(await run.status, 2);
    assert.match(run.errors(), /TUYA_EMULATOR_TOKEN/);
    assert.doesNotMatch(run.errors(), /not a token/);
  });
});

describe("the emulator's request log", () => {
  /** Starts one that is not quiet, and gives the lines after those of its start. */
  async function started(test: TestContext) {
    const run = runCommand("emulator", "--port", "0");
    test.after(() => run.child.kill());
    const { value: first } = await run.lines.next();
    while (!String((await run.lines.next()).value).includes(ann.password));
    return { run, origin: String(first).replace("listening on ", "") };
  }

  it("has a line for each request, secrets masked, and says why a sign is wrong", async (test) => {
    const { run, origin } = await started(test);
    const path = "/v1.0/token?grant_type=2&code=5ecret";
    await fetch(`${origin}/us${path}`, { headers: new Signer(appKeys).sign({ url: path }) });
    const swapped = new Signer({ ...appKeys, secret: cloudKeys.secret });
    await fetch(`${origin}/us${path}`, { headers: swapped.sign({ url: path }) });
    await fetch(`${origin}/us/d/elsewhere`);
    const lines: string[] = [];
    while (!lines.at(-1)?.includes("elsewhere")) lines.push(String((await run.lines.next()).value));
    assert.match(
      lines[0] ?? "",
      /^\d\d:\d\d:\d\d GET \/us\/v1\.0\/token\?grant_type=2&code=\*\*\* 200 1107 code_invalid$/,
    );
    const explained = lines.slice(1, -1).join("\n");
    for (const said of [
      "200 1004 sign_invalid\n",
      "    other_secret\n",
      "      What to do: Use the secret that belongs to this client ID.\n",
      "    /v1.0/token?code=***&grant_type=2",
    ]) {
      assert.ok(explained.includes(said), `${said} is not in ${explained}`);
    }
    assert.match(lines.at(-1) ?? "", /404 path_invalid$/);
    for (const secret of ["5ecret", appKeys.secret, cloudKeys.secret]) {
      assert.ok(!lines.join("").includes(secret));
    }
  });

  it("lets no request write to the terminal by control characters", async (test) => {
    const { run, origin } = await started(test);
    const path = "/v1.0/a?b=%1b%5b2J%0aforged%c2%9b";
    const headers = new Signer(appKeys).sign({ url: path });
    await fetch(`${origin}/us${path}`, { headers: { ...headers, sign: "0".repeat(64) } });
    await fetch(`${origin}/us/d/last`);
    const lines: string[] = [];
    while (!lines.at(-1)?.includes("/d/last")) lines.push(String((await run.lines.next()).value));
    const text = lines.join("");
    assert.ok(text.includes("\\u{1b}[2J") && text.includes("\\u{9b}"), text);
    assert.doesNotMatch(text, /\p{Cc}/u);
    assert.ok(!lines.some((line) => line.startsWith("forged")));
  });
});

describe("the command line", () => {
  it("prints the address first and what the cloud holds after it, and ends on SIGTERM", async () => {
    const run = runCommand("emulator", "--port=0", "--callback-origin", "https://app.example");
    const lines: string[] = [];
    for (;;) {
      const { value } = await run.lines.next();
      lines.push(String(value));
      if (String(value).includes(ann.password)) break;
    }
    assert.match(lines[0] ?? "", /^listening on http:\/\/127\.0\.0\.1:\d+$/);
    const printed = lines.join("\n");
    for (const shown of [
      appKeys.clientId,
      appKeys.secret,
      callbackOf("us", "https://app.example"),
      ann.name,
      `${lines[0]?.replace("listening on ", "")}/console`,
    ]) {
      assert.ok(printed.includes(shown), shown);
    }
    run.child.kill("SIGTERM");
    assert.equal(await run.status, 0);
  });

  it("ends with status 2 when it is called wrongly, and says how", async () => {
    for (const [args, said] of [
      [[], /^$/],
      [["nothing"], /no command "nothing"/],
      [["emulator", "--nothing"], /Unknown option '--nothing'/],
      [["emulator", "more"], /takes options only/],
      [["emulator", "--port", "65536"], /--port "65536" is not a port/],
      [["emulator", "--port", "x"], /--port "x" is not a port/],
      [["emulator", "--callback-origin", "http://app.example"], /--callback-origin/],
      [["emulator", "--name", "http://app.example"], /--name/],
      [["emulator", "--token", "t0ken"], /Unknown option '--token'/],
    ] as const) {
      const run = runCommand(...args);
      assert.equal(await run.status, 2, args.join(" "));
      assert.match(run.errors(), said);
    }
  });

  it("has help", async () => {
    for (const [args, said] of [
      [["--help"], "Usage: tuya-auth <command>"],
      [["emulator", "--help"], "Usage: tuya-auth emulator"],
    ] as const) {
      const run = runCommand(...args);
      assert.ok(String((await run.lines.next()).value).startsWith(said));
      assert.equal(await run.status, 0);
    }
  });

  it("ends with status 1 when the port is taken", async () => {
    const first = await startEmulator();
    const second = runCommand("emulator", "--port", new URL(first.origin).port);
    assert.equal(await second.status, 1);
    assert.match(second.errors(), /EADDRINUSE/);
    assert.equal(await first.stop(), 0);
  });
});

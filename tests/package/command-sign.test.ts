import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

import { Signer } from "tuya-auth/server";

import { command, keys, printed } from "../support/command.js";
import { appKeys } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";
import { missing } from "../support/program.js";
import { type Recorder, startRecorder } from "../support/recorder.js";

const T = "1700000000000";
const run = promisify(execFile);

describe("tuya-auth sign", () => {
  const signer = new Signer(keys);

  it("prints the headers, a line each", async () => {
    const args = ["--url", "/v1.0/a?b=1", "--method", "PUT", "--body", "{}", "--t", T, "--nonce", "n"];
    const expected = signer.sign({ url: "/v1.0/a?b=1", method: "PUT", body: "{}", t: T, nonce: "n" });
    const lines = Object.entries(expected).map(([name, value]) => `${name}: ${value}\n`);
    assert.equal(await printed("sign", ...args), lines.join(""));
  });

  it("prints them as JSON, with the time of now and a fresh nonce", async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () => JSON.parse(await printed("sign", "--url", "/v1.0/a", "--json"))),
    );
    assert.deepEqual(signer.verify({ url: "/v1.0/a", headers: one }), { ok: true });
    assert.notEqual(one.nonce, other.nonce);
  });

  it("takes token and signed headers from options or from the request, and nothing else that was signed", async () => {
    const expected = signer.sign({
      url: "/v1.0/a",
      accessToken: "token",
      headers: { area_id: "x" },
      signedHeaders: ["area_id"],
      t: T,
      nonce: "",
    });
    const line =
      "curl http://a.example/v1.0/a -H 't: 1' -H 'nonce: old' -H 'sign: 00' -H 'access_token: token' " +
      "-H 'Signature-Headers: area_id' -H 'area_id: x'";
    const options = ["--access-token", "token", "--signed-header", "area_id", "-H", "area_id: x"];
    for (const args of [
      ["--curl", line],
      ["--url", "/v1.0/a", ...options],
      ["--curl", "curl http://a.example/v1.0/a -H 'access_token: another'", ...options],
    ]) {
      const json = await printed("sign", "--json", "--t", T, "--nonce", "", ...args);
      assert.deepEqual(JSON.parse(json), expected);
    }
  });

  it("leaves a token in the request's headers out on token calls", async () => {
    const line = "curl http://a.example/v1.0/token/r3fresh -H 'access_token: stale'";
    const headers = JSON.parse(await printed("sign", "--json", "--curl", line));
    assert.equal(headers.access_token, undefined);
    assert.deepEqual(signer.verify({ url: "/v1.0/token/r3fresh", headers }), { ok: true });
  });

  it("has the signer's options", async () => {
    for (const [args, options] of [
      [["--algorithm", "legacy"], { algorithm: "legacy" }],
      [["--path-encoding", "decoded"], { pathEncoding: "decoded" }],
      [["--identifier", "com.example"], { identifier: "com.example" }],
      [["--client-id", "another"], { clientId: "another" }],
    ] as const) {
      const url = "/v1.0/a%20b";
      const expected = new Signer({ ...keys, ...options }).sign({ url, t: T, nonce: "" });
      const json = await printed("sign", "--json", "--url", url, "--t", T, "--nonce", "", ...args);
      assert.deepEqual(JSON.parse(json), expected);
    }
    assert.ok(await printed("sign", "--url", "/a?b=1&b=2", "--allow-repeated-keys"));
  });

  it("does not sign the base", async () => {
    const base = "http://127.0.0.1:8787/us";
    for (const url of [`${base}/v1.0/a`, "/v1.0/a"]) {
      const headers = JSON.parse(await printed("sign", "--json", "--base", `${base}/`, "--url", url));
      assert.deepEqual(signer.verify({ url: "/v1.0/a", headers }), { ok: true });
    }
  });
});

describe("tuya-auth sign --as-curl", { skip: missing("curl", "--version") }, () => {
  let server: Recorder;
  let emulator: EmulatorProcess;
  const folder = mkdtempSync(join(tmpdir(), "tuya-auth-"));
  const [path, binary] = [join(folder, "it's a body"), join(folder, "binary")];
  before(async () => {
    [server, emulator] = await Promise.all([startRecorder(), startEmulator()]);
    for (const name of [path, binary]) writeFileSync(name, Uint8Array.of(0, 255, 10, 13, 64));
  });
  after(async () => {
    await Promise.all([server.close(), emulator.stop()]);
    rmSync(folder, { recursive: true });
  });

  it("is a command that the cloud accepts", async () => {
    const env = { TUYA_CLIENT_ID: appKeys.clientId, TUYA_CLIENT_SECRET: appKeys.secret };
    const args = [
      "sign",
      "--as-curl",
      "--base",
      `${emulator.origin}/us`,
      "--url",
      "/v1.0/token?grant_type=1",
    ];
    const { output } = await command(args, "", env);
    const { stdout } = await run("sh", ["-c", output]);
    assert.equal(JSON.parse(stdout).success, true);
  });

  for (const args of [
    [],
    ["-X", "DELETE"],
    ["-X", "HEAD"],
    ["-X", "POST"],
    ["-X", "POST", "--body", '{"a":"it\'s $HOME `id` \\n \\"é\\" 😀"}\n\n'],
    ["-X", "POST", "--body", "@not-a-file"],
    ["-X", "POST", "--body", ""],
    ["-X", "GET", "--body", "{}"],
    ["-X", "POST", "--body", "y=2&x=1+1", "-H", "Content-Type: application/x-www-form-urlencoded"],
    ["-X", "PUT", "--body-file", path],
    ["-H", "area_id: it's", "-H", "empty:", "--signed-header", "area_id", "--signed-header", "empty"],
    ["--curl", "curl http://ignored.example -d y=2 -d x=1"],
    [
      "--curl",
      "curl http://ignored.example -H Content-Type: --data-raw '{}' -H 'sign: old' -H 'Content-Length: 9'",
    ],
  ]) {
    it(`sends what was signed: ${args.join(" ").replace(path, "FILE")}`, async () => {
      const url = `${server.origin}/v1.0/a?q=%5B%7Bx%7D%5D&b=it's`;
      await run("sh", ["-c", await printed("sign", "--as-curl", ...args, "--url", url)]);
      const [sent, ...more] = server.take();
      assert.ok(sent && more.length === 0);
      const { method, target, headers, body } = sent;
      const verdict = new Signer(keys).verify({ method, url: target, headers, body });
      assert.deepEqual(verdict, { ok: true });
    });
  }

  it("is refused where no command could send it", async () => {
    for (const [args, said] of [
      [["--url", "/v1.0/a"], /needs an absolute URL/],
      [["--url", "http://a.example", "--json"], /--as-curl or --json/],
      [["--url", "http://a.example", "--base", "http://b.example"], /does not lie under --base/],
      [["--curl", "curl http://a.example --json @FILE"], /not text/],
    ] as const) {
      const given = args.map((arg) => arg.replace("FILE", binary));
      const { status, errors } = await command(["sign", "--as-curl", ...given]);
      assert.match(errors, said);
      assert.equal(status, 2);
    }
  });
});

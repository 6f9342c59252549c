import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";

import { Signer } from "tuya-auth/server";

import { command, keys, printed } from "../support/command.js";
import { peers } from "../support/vectors.js";

const T = 1_700_000_000_000;
const signer = new Signer(keys);

/** A curl command that sends these headers. */
function curl(url: string, headers: Record<string, string>, rest = ""): string {
  const options = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`);
  return `curl 'https://openapi.tuyaus.com${url}' \\\n  ${options.join(" \\\n  ")} ${rest}`;
}

describe("tuya-auth explain", () => {
  it("shows the stages without the secret and the token", async () => {
    const text = await printed("explain", "--url", "/v1.0/a?b=1&a=2", "--access-token", "t0ken0t0ken");
    assert.match(text, /stringToSign = METHOD ⏎ Content-SHA256 ⏎ Headers ⏎ URL/);
    assert.match(text, /\/v1\.0\/a\?a=2&b=1/);
    assert.doesNotMatch(text, /t0ken0t0ken/);
  });

  it("goes by the time, nonce and token of a request that was sent", async () => {
    const request = { url: "/v1.0/a", accessToken: "token", t: T };
    for (const nonce of ["n", ""]) {
      const headers = signer.sign({ ...request, nonce });
      const { output } = await command(["explain", "--json"], curl(request.url, headers));
      const { sign, str } = JSON.parse(output);
      assert.equal(sign, headers.sign);
      assert.ok(str.startsWith(`${keys.clientId}*****${T}${nonce}GET\n`));
    }
  });

  it("leaves the base out", async () => {
    const [url, base] = ["http://127.0.0.1:8787/us/v1.0/a", "http://127.0.0.1:8787/us"];
    const { canonicalUrl } = JSON.parse(await printed("explain", "--json", "--url", url, "--base", base));
    assert.equal(canonicalUrl, "/v1.0/a");
  });
});

describe("tuya-auth diagnose", () => {
  const { sign, ...unsigned } = signer.sign({ url: "/v1.0/a?b=1&a=2", t: T, nonce: "n" });

  it("names the mistake and its fix, and ends with status 0", async () => {
    const { status, output } = await command(
      ["diagnose"],
      curl("/v1.0/a?b=1&a=2", { ...unsigned, sign: sign.toLowerCase() }),
    );
    assert.equal(status, 0);
    assert.match(
      output,
      /^This gives the very sign:\n\nlower_case_sign\n {2}What happened: .+\.\n {2}What to do: .+\.\n$/,
    );
  });

  it("says so when the sign is right, and when nothing gives it", async () => {
    const right = await command(["diagnose", "--sign", sign], curl("/v1.0/a?a=2&b=1", unsigned));
    assert.equal(right.status, 0);
    assert.match(right.output, /^The sign is right\./);
    for (const [other, said] of [
      ["0".repeat(64), /^No known mistake/],
      ["AEIq", /^This is no sign/],
    ] as const) {
      const unknown = await command(["diagnose", "--sign", other], curl("/v1.0/a", unsigned));
      assert.deepEqual([unknown.status, unknown.errors], [1, ""]);
      assert.match(unknown.output, said);
    }
  });

  it("takes all from options alone, and what was meant", async () => {
    const wrong = signer.sign({ url: "/v1.0/a?n=null&z=1", t: T, nonce: "n", accessToken: "token" });
    const args = [
      "--url",
      "/v1.0/a?z=1",
      "--sign",
      wrong.sign,
      "--t",
      String(T),
      "--access-token",
      "token",
      "--json",
    ];
    const meant = ["--meant", '{"n":null,"z":1}', "--meant-nonce", "n"];
    const { matches } = JSON.parse(await printed("diagnose", ...args, ...meant));
    assert.deepEqual(matches[0].mistakes, ["null_value", "nonce_not_sent"]);
  });

  it("tries other secrets out of the environment", async () => {
    const other = "another0another0another0another0";
    const wrong = new Signer({ ...keys, secret: other }).sign({ url: "/v1.0/a", t: T });
    const env = { TUYA_OTHER_SECRETS: ` ${other} ` };
    const { output } = await command(["diagnose", "--json"], curl("/v1.0/a", wrong), env);
    assert.deepEqual(JSON.parse(output).matches[0].mistakes, ["other_secret"]);
    assert.ok(!output.includes(other));
  });

  it("has the signer's options", async () => {
    const legacy = new Signer({ ...keys, algorithm: "legacy" }).sign({ url: "/v1.0/a", t: T });
    const { output } = await command(["diagnose", "--algorithm", "legacy"], curl("/v1.0/a", legacy));
    assert.match(output, /^The sign is right/);
  });

  it("takes the client ID from the request, and refuses keys of another", async () => {
    const headers = { ...unsigned, sign };
    const line = curl("/v1.0/a?b=1&a=2", headers);
    const named = await command(["diagnose"], line, { TUYA_CLIENT_ID: undefined });
    assert.match(named.output, /^The sign is right/);
    const differing = await command(["diagnose", "--client-id", "another"], line);
    assert.equal(differing.status, 2);
    assert.match(
      differing.errors,
      /sent with the client ID client0client0client0, and the keys are those of another/,
    );
  });
});

describe("a HAR file", () => {
  const folder = mkdtempSync(join(tmpdir(), "tuya-auth-"));
  const path = join(folder, "requests.har");
  after(() => rmSync(folder, { recursive: true }));

  /** An archive of these requests, with all that HAR 1.2 asks of an entry. */
  function archive(
    ...requests: { method: string; url: string; headers: Record<string, string>; postData?: object }[]
  ): void {
    const entries = requests.map(({ headers, ...request }) => ({
      startedDateTime: "2026-01-01T00:00:00.000Z",
      time: 1,
      request: {
        httpVersion: "http/2.0",
        cookies: [],
        headers: [
          { name: ":method", value: request.method },
          ...Object.entries(headers).map(([name, value]) => ({ name, value })),
        ],
        queryString: [],
        headersSize: -1,
        bodySize: -1,
        ...request,
      },
      response: {
        status: 200,
        statusText: "OK",
        httpVersion: "http/2.0",
        cookies: [],
        headers: [],
        content: { size: 0, mimeType: "application/json" },
        redirectURL: "",
        headersSize: -1,
        bodySize: 0,
      },
      cache: {},
      timings: { send: 0, wait: 1, receive: 0 },
    }));
    const log = { version: "1.2", creator: { name: "test", version: "1" }, pages: [], entries };
    writeFileSync(path, `\ufeff${JSON.stringify({ log }, null, 2)}`);
  }

  it("gives the request that is signed", async () => {
    const { clientId, secret, requests } = peers;
    const wrong = requests.find(
      ({ case: name, doc_canonical_ok }) => name === "post_empty" && !doc_canonical_ok,
    );
    assert.ok(wrong);
    const { method, target, headers, body } = wrong;
    const postData = { mimeType: "application/json", text: body };
    archive(
      { method: "GET", url: "https://app.example/", headers: {} },
      { method, url: `https://openapi.tuyaus.com${target}`, headers, postData },
    );
    const env = { TUYA_CLIENT_ID: clientId, TUYA_CLIENT_SECRET: secret };
    for (const args of [[], ["--entry", "2"]]) {
      const { status, output } = await command(["diagnose", "--har", path, "--json", ...args], "", env);
      assert.equal(status, 0);
      assert.deepEqual(JSON.parse(output).matches[0].mistakes, ["empty_body_signed"]);
    }
  });

  it("may hold a form as pairs only", async () => {
    const params = [
      { name: "b", value: "2" },
      { name: "a", value: "1 &" },
    ];
    const type = "application/x-www-form-urlencoded";
    archive({
      method: "POST",
      url: "https://a.example/v1.0/a",
      headers: { "content-type": type },
      postData: { mimeType: type, params },
    });
    const { canonicalUrl } = JSON.parse(await printed("explain", "--json", "--har", path));
    assert.equal(canonicalUrl, "/v1.0/a?a=1 &&b=2");
  });

  it("is refused when the request cannot be told", async () => {
    const headers = { sign: "00", t: String(T) };
    archive(
      { method: "GET", url: "https://a.example/1", headers },
      { method: "GET", url: "https://a.example/2", headers: {} },
      { method: "GET", url: "https://a.example/3", headers },
    );
    for (const [args, said] of [
      [[], /Choose by --entry: 1, 3$/m],
      [["--entry", "4"], /entries 1 to 3/],
      [["--entry", "0"], /entries 1 to 3/],
      [["--entry", "x"], /entries 1 to 3/],
      [["--curl", "curl http://a.example"], /not both/],
    ] as const) {
      const { status, errors } = await command(["diagnose", "--har", path, ...args]);
      assert.equal(status, 2);
      assert.match(errors, said);
    }
    for (const [text, said] of [
      ["", /no HTTP archive/],
      ["[]", /no HTTP archive/],
      ['{"log":{"entries":[]}}', /no entries/],
      ['{"log":{"entries":[{"request":{}}]}}', /without a method or URL/],
    ] as const) {
      writeFileSync(path, text);
      const { status, errors } = await command(["diagnose", "--har", path]);
      assert.equal(status, 2);
      assert.match(errors, said);
    }
  });
});

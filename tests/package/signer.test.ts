import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Signer, type SignerOptions, type SignRequest, type VerifyRequest } from "tuya-auth/server";

import { assertArgumentError } from "../support/argument-error.js";
import { peers, requestOf, vectors } from "../support/vectors.js";

const keys = { clientId: "client0client0client0", secret: "secret0secret0secret0secret0secr" };
const T = 1_700_000_000_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("Signer: published vectors", () => {
  for (const vector of vectors) {
    it(vector.id, () => {
      const algorithm = vector.algorithm === "old" ? "legacy" : "current";
      using signer = new Signer({ clientId: vector.client_id, secret: vector.secret, algorithm });
      const request = requestOf(vector);
      if (vector.string_to_sign !== undefined) {
        assert.equal(signer.stringToSign(request), vector.string_to_sign);
      }
      const signed = signer.sign(request);
      assert.equal(signed.sign, vector.sign);
      assert.equal(signed.t, vector.t);
      assert.equal(signed["Signature-Headers"], vector.signature_headers_value || undefined);
    });
  }
});

describe("Signer: requests that other clients really sent", () => {
  const { clientId, secret, requests } = peers;
  for (const { peer, case: name, doc_canonical_ok: ok, ...request } of requests) {
    it(`${ok ? "accepts" : "refuses"} ${peer}: ${name}`, () => {
      using signer = new Signer({ clientId, secret });
      const { method, target, headers, body } = request;
      const verdict = signer.verify({ method, url: target, headers, body, now: Number(headers.t) });
      assert.equal(verdict.ok, ok);
      if (!verdict.ok) assert.equal(verdict.code, "sign_invalid");
    });
  }
});

describe("Signer.sign", () => {
  const signer = new Signer(keys);

  it("gives the headers that travel, and no others", () => {
    const before = Date.now();
    const { sign, t, nonce, ...rest } = signer.sign({ url: "/v1.0/token?grant_type=1" });
    assert.match(sign, /^[0-9A-F]{64}$/);
    assert.ok(Number(t) >= before && Number(t) <= Date.now());
    assert.match(String(nonce), UUID);
    assert.deepEqual(rest, { client_id: keys.clientId, sign_method: "HMAC-SHA256" });
  });

  it("draws a fresh nonce each time, keeps a given one, and has none when it is empty", () => {
    const nonceOf = (request: Partial<SignRequest>) => signer.sign({ url: "/", ...request }).nonce;
    const nonces = Array.from({ length: 1000 }, () => nonceOf({}));
    assert.equal(new Set(nonces).size, 1000);
    for (const nonce of nonces) assert.match(String(nonce), UUID);
    assert.equal(nonceOf({ nonce: "n" }), "n");
    assert.equal(nonceOf({ nonce: "" }), undefined);
  });

  it("signs token, identifier and named headers, and sends them", () => {
    using app = new Signer({ ...keys, identifier: "com.example" });
    const request = {
      url: "/",
      t: T,
      nonce: "n",
      headers: new Headers({ Area_ID: "a", other: "b" }),
      signedHeaders: ["area_id"],
      accessToken: "token",
    };
    const signed = app.sign(request);
    assert.equal(signed.access_token, "token");
    assert.equal(signed.identifier, "com.example");
    assert.equal(signed["Signature-Headers"], "area_id");
    assert.notEqual(signed.sign, signer.sign(request).sign);
    assert.match(app.stringToSign(request), /\narea_id:a\n\n\/$/);
  });

  it("signs the same bytes whatever form they come in", () => {
    const text = '{"a":"ü"}';
    const form = "b=2&a=1+1";
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const signOf = (request: Partial<SignRequest>) =>
      signer.sign({ method: "POST", url: "https://openapi.tuyaus.com/v1.0/a", t: T, nonce: "", ...request })
        .sign;
    assert.equal(signOf({ body: text }), signOf({ body: new TextEncoder().encode(text) }));
    assert.equal(signOf({ body: text }), signOf({ body: text, url: new URL("https://other.test/v1.0/a") }));
    assert.equal(signOf({ body: new URLSearchParams(form) }), signOf({ body: form, headers }));
    assert.equal(signOf({ body: form, headers }), signOf({ body: new TextEncoder().encode(form), headers }));
    const marked = `\ufeff${form}`;
    assert.equal(
      signOf({ body: marked, headers }),
      signOf({ body: new TextEncoder().encode(marked), headers }),
    );
    assert.notEqual(signOf({ body: form }), signOf({ body: form, headers }));
    assert.notEqual(signOf({ body: "{}" }), signOf({}));
  });

  it("has an option for each thing the documents leave open", () => {
    const path = { url: "/v1.0/d/a%20b", t: T, nonce: "" };
    const decoded = new Signer({ ...keys, pathEncoding: "decoded" });
    assert.match(signer.stringToSign(path), /a%20b$/);
    assert.match(decoded.stringToSign(path), /a b$/);
    const repeated = new Signer({ ...keys, allowRepeatedKeys: true });
    assert.match(repeated.stringToSign({ url: "/?b=2&a=1&b=1" }), /\/\?a=1&b=2&b=1$/);
    const legacy = new Signer({ ...keys, algorithm: "legacy" });
    assert.equal(legacy.stringToSign(path), "");
  });

  it("refuses a caller's mistakes, each by its code", async () => {
    for (const [change, code] of [
      [{ url: "v1.0" }, "invalid_url"],
      [{ url: undefined }, "invalid_url"],
      [{ url: "/a\\b" }, "invalid_url"],
      [{ url: "/?a=1&a=2" }, "repeated_key"],
      [{ body: new URLSearchParams("a=1"), url: "/?a=2" }, "repeated_key"],
      [{ url: "/?a=%zz" }, "bad_escape"],
      [{ url: "/?a=%ff" }, "bad_escape"],
      [{ method: "GE T" }, "invalid_method"],
      [{ method: 7 }, "invalid_method"],
      [{ t: 1_700_000_000 }, "invalid_time"],
      [{ t: "soon" }, "invalid_time"],
      [{ t: Number.NaN }, "invalid_time"],
      [{ t: T + 0.5 }, "invalid_time"],
      [{ t: {} }, "invalid_time"],
      [{ nonce: "a b" }, "invalid_nonce"],
      [{ nonce: 7 }, "invalid_argument"],
      [{ accessToken: "a\nb" }, "invalid_token"],
      [{ accessToken: null }, "invalid_argument"],
      [{ signedHeaders: ["absent"] }, "invalid_header"],
      [{ headers: { a: "x\ny" }, signedHeaders: ["a"] }, "invalid_header"],
      [{ headers: { a: 7 }, signedHeaders: ["a"] }, "invalid_header"],
      [{ signedHeaders: "a" }, "invalid_argument"],
      [{ body: 7 }, "invalid_argument"],
      [{ body: null }, "invalid_argument"],
    ] as const) {
      const request = { url: "/", ...change } as unknown as SignRequest;
      await assertArgumentError(() => signer.sign(request), code, JSON.stringify(change));
    }
    await assertArgumentError(() => signer.sign(null as never), "invalid_argument", "no request");
  });
});

describe("new Signer", () => {
  it("refuses a caller's mistakes, each by its code, without the secret in the message", async () => {
    for (const [change, code] of [
      [{ clientId: "" }, "invalid_client_id"],
      [{ clientId: "a b" }, "invalid_client_id"],
      [{ clientId: 7 }, "invalid_client_id"],
      [{ secret: "" }, "invalid_secret"],
      [{ secret: " hidden\n" }, "invalid_secret"],
      [{ secret: undefined }, "invalid_secret"],
      [{ identifier: "a\nb" }, "invalid_header"],
      [{ identifier: 7 }, "invalid_argument"],
      [{ algorithm: "old" }, "invalid_argument"],
      [{ pathEncoding: "raw" }, "invalid_argument"],
    ] as const) {
      const options = { ...keys, ...change } as unknown as SignerOptions;
      await assertArgumentError(() => new Signer(options), code, JSON.stringify(change));
      assert.throws(
        () => new Signer(options),
        ({ message }: Error) => !message.includes("hidden"),
      );
    }
    await assertArgumentError(() => new Signer(undefined as never), "invalid_argument", "no options");
  });

  it("shows no secret when it is printed", async () => {
    const { inspect } = await import("node:util");
    assert.doesNotMatch(inspect(new Signer(keys), { depth: 9, showHidden: true }), /secret0/);
  });
});

describe("Signer.verify", () => {
  const signer = new Signer(keys);
  const sent = { method: "POST", url: "/v1.0/a?b=1", body: '{"x":1}', accessToken: "token", t: T };
  const headers = signer.sign(sent);
  const received = (change: Partial<VerifyRequest> = {}) =>
    signer.verify({ method: "POST", url: sent.url, body: sent.body, headers, now: T, ...change });

  it("accepts what it signed, in any case of the names", () => {
    assert.deepEqual(received(), { ok: true });
    const upper = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value] as const);
    assert.deepEqual(received({ headers: upper }), { ok: true });
    assert.deepEqual(received({ headers: new Headers(headers) }), { ok: true });
  });

  it("takes what is given before what the headers say", () => {
    const { sign, t, nonce, access_token, ...rest } = headers;
    assert.equal(received({ headers: rest }).ok, false);
    assert.deepEqual(received({ headers: rest, sign, t, nonce, accessToken: access_token }), { ok: true });
    assert.equal(received({ accessToken: "another" }).ok, false);
  });

  it("leaves the token out on token calls", () => {
    const url = "/v1.0/token?grant_type=1";
    const token = signer.sign({ url, t: T });
    const verdict = signer.verify({ url, headers: { ...token, access_token: "stale" }, now: T });
    assert.deepEqual(verdict, { ok: true });
  });

  it("gives a verdict for whatever arrives, with a code and a reason", () => {
    for (const [change, code] of [
      [{ body: '{"x": 1}' }, "sign_invalid"],
      [{ method: "PUT" }, "sign_invalid"],
      [{ url: "/v1.0/a?b=%zz" }, "sign_invalid"],
      [{ url: "not a path" }, "sign_invalid"],
      [{ sign: headers.sign.toLowerCase() }, "sign_invalid"],
      [{ headers: {} }, "sign_invalid"],
      [{ signedHeaders: ["absent"] }, "sign_invalid"],
      [{ headers: { ...headers, sign_method: "MD5" } }, "sign_invalid"],
      [{ headers: { ...headers, client_id: "another" } }, "client_invalid"],
      [{ now: T + 300_001 }, "clock_skew"],
      [{ now: T - 300_001 }, "clock_skew"],
      [{ t: "1700000000" }, "clock_skew"],
    ] as const) {
      const verdict = received(change);
      assert.equal(verdict.ok, false, JSON.stringify(change));
      if (verdict.ok) continue;
      assert.equal(verdict.code, code, JSON.stringify(change));
      assert.ok(verdict.reason.length > 0);
    }
    assert.deepEqual(received({ now: T + 300_000 }), { ok: true });
  });

  it("goes by the clock unless told otherwise", () => {
    const fresh = signer.sign({ url: "/" });
    assert.deepEqual(signer.verify({ url: "/", headers: fresh }), { ok: true });
  });
});

describe("Signer: its end", () => {
  it("refuses to work after it was freed, which may be done twice", async () => {
    const signer = new Signer(keys);
    signer.free();
    signer.free();
    signer[Symbol.dispose]();
    for (const use of [
      () => signer.sign({ url: "/" }),
      () => signer.stringToSign({ url: "/" }),
      () => signer.verify({ url: "/", headers: {} }),
    ]) {
      await assertArgumentError(use, "signer_freed", String(use));
    }
  });

  it("ends with an instance that trapped, and leaves new signers unharmed", async () => {
    const before = new Signer(keys);
    const request = { url: "/v1.0/a", t: T, nonce: "" };
    const expected = before.sign(request).sign;
    // No WebAssembly memory can take this much, so the module aborts.
    assert.throws(
      () => before.stringToSign({ ...request, body: new Uint8Array(2 ** 31) }),
      WebAssembly.RuntimeError,
    );
    await assertArgumentError(() => before.sign(request), "instance_lost", "the old signer");
    before.free();
    assert.equal(new Signer(keys).sign(request).sign, expected);
  });
});

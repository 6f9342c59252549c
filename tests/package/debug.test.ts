import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { describe, it } from "node:test";

import { type DiagnoseRequest, diagnose, explain, type MistakeId, type SignerOptions } from "tuya-auth/debug";
import { ContentHash, Signer, type SignRequest } from "tuya-auth/server";

import { assertArgumentError } from "../support/argument-error.js";
import { negatives, type PeerRequest, peers, requestOf, vectors } from "../support/vectors.js";

const keys = { clientId: "client0client0client0", secret: "secret0secret0secret0secret0secr" };
const T = 1_700_000_000_000;

/** A request as it was signed rightly, its headers included. */
function signed(
  request: Omit<DiagnoseRequest, "headers"> & SignRequest,
  options: Partial<SignerOptions> = {},
): DiagnoseRequest {
  using signer = new Signer({ ...keys, ...options });
  return { ...request, headers: { ...signer.sign({ t: T, nonce: "n", ...request }) } };
}

/** The mistakes of the only match. */
function mistakesOf(request: DiagnoseRequest, sign?: string): readonly MistakeId[] {
  const { correct, matches } = diagnose(keys, request, sign);
  assert.equal(correct, false);
  assert.equal(matches.length, 1, JSON.stringify(matches));
  return matches[0]?.mistakes ?? [];
}

describe("explain", () => {
  for (const vector of vectors.filter(({ algorithm }) => algorithm === "new")) {
    it(`shows every stage of ${vector.id}`, () => {
      const request = requestOf(vector);
      const explanation = explain({ clientId: vector.client_id, secret: vector.secret }, request);
      assert.equal(explanation.contentSha256, vector.content_sha256);
      assert.equal(explanation.stringToSign, vector.string_to_sign);
      assert.equal(
        explanation.signedHeaders,
        request.headers.map(([name, value]) => `${name}:${value}\n`).join(""),
      );
      assert.equal(explanation.canonicalUrl, vector.url);
      assert.equal(explanation.sign, vector.sign);
      const token = vector.access_token ?? "";
      assert.equal(explanation.str, vector.str?.replace(token, "*".repeat(token.length)));
      assert.ok(explanation.text.includes(vector.sign));
      for (const text of Object.values(explanation)) {
        assert.ok(!text.includes(vector.secret));
        assert.ok(token === "" || !text.includes(token));
      }
    });
  }

  it("takes a hash in the place of a body, as Signer.sign does", () => {
    const request = { method: "POST", url: "/v1.0/x", t: T, nonce: "n" };
    const body = new ContentHash().update("piece by piece");
    using signer = new Signer(keys);
    assert.equal(explain(keys, { ...request, body }).sign, signer.sign({ ...request, body }).sign);
  });

  it("signs as Signer.sign does, whatever the options", () => {
    const request: SignRequest = { method: "POST", url: "/a%20b?x=1", body: '{"a":1}', t: T, nonce: "n" };
    for (const options of [
      {},
      { algorithm: "legacy" },
      { pathEncoding: "decoded" },
      { identifier: "com.example" },
    ] as const) {
      const { sign } = new Signer({ ...keys, ...options }).sign(request);
      assert.equal(explain({ ...keys, ...options }, request).sign, sign, JSON.stringify(options));
    }
    const repeated = { ...keys, allowRepeatedKeys: true };
    assert.equal(explain(repeated, { url: "/a?b=2&b=1" }).canonicalUrl, "/a?b=2&b=1");
    assert.equal(explain({ ...keys, algorithm: "legacy" }, request).stringToSign, "");
  });

  it("signs a fresh UUID as the nonce unless one is given", async () => {
    const uuid = () =>
      /^client0client0client0\d{13}([\da-f-]{36})GET\n/.exec(explain(keys, { url: "/" }).str)?.[1];
    const [one, another] = [uuid(), uuid()];
    assert.match(String(one), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    assert.notEqual(one, another);

    const given = { url: "/", nonce: "n" };
    const crypto = Object.getOwnPropertyDescriptor(globalThis, "crypto") as PropertyDescriptor;
    Object.defineProperty(globalThis, "crypto", { ...crypto, get: () => undefined });
    try {
      assert.match(explain(keys, given).str, /\dnGET\n/);
      // Some nonces were made already.
      const many = () => Array.from({ length: 100 }, () => explain(keys, { url: "/" }));
      await assertArgumentError(many, "unsupported_runtime", "no crypto");
    } finally {
      Object.defineProperty(globalThis, "crypto", crypto);
    }
  });

  it("refuses a caller's mistakes, each by its code", async () => {
    for (const [options, request, code] of [
      [{ secret: "" }, {}, "invalid_secret"],
      [{ clientId: "a b" }, {}, "invalid_client_id"],
      [{ algorithm: "old" }, {}, "invalid_argument"],
      [{}, { url: "a" }, "invalid_url"],
      [{}, { url: "/?a=1&a=2" }, "repeated_key"],
      [{}, { t: 5 }, "invalid_time"],
      [{}, { t: "0123456789012" }, "invalid_time"],
      [{}, { signedHeaders: ["absent"] }, "invalid_header"],
    ] as const) {
      const call = () =>
        explain({ ...keys, ...options } as SignerOptions, { url: "/", ...request } as SignRequest);
      await assertArgumentError(call, code, JSON.stringify([options, request]));
    }
  });
});

describe("diagnose: requests that other clients really sent", () => {
  const { clientId, secret, requests } = peers;
  /** The true cause of each wrong one, by client and case. */
  const causes: Readonly<Record<string, MistakeId>> = {
    "@tuya/tuya-connector-nodejs get_path_special": "path_decoded",
    "@tuya/tuya-connector-nodejs post_hdr": "headers_not_signed",
    "@tuya/tuya-connector-nodejs post_lower": "lower_case_method",
    "@tuya/tuya-connector-nodejs refresh": "legacy_algorithm",
    "tuya-connector-python get_list": "list_value",
    "tuya-connector-python get_null": "null_value",
    "tuya-connector-python get_path_special": "path_decoded",
    "tuya-connector-python get_query_path": "query_unsorted",
    "tuya-connector-python post_empty": "empty_body_signed",
  };
  /** What the client was told to send, where the wire does not show it. */
  const meant: Readonly<Record<string, Record<string, unknown>>> = {
    "tuya-connector-python get_null": { x: null, z: 1 },
  };
  const nameOf = (request: PeerRequest) => `${request.peer.split(" ")[0]} ${request.case}`;
  const diagnosed = (request: PeerRequest, query?: Record<string, unknown>) => {
    const { method, target, headers, body } = request;
    return diagnose({ clientId, secret }, { method, url: target, headers, body, meant: { query } });
  };

  for (const request of requests) {
    const name = nameOf(request);
    if (request.doc_canonical_ok) {
      it(`finds nothing wrong with ${name}`, () => {
        assert.deepEqual(diagnosed(request), { correct: true, matches: [], hmacs: 1 });
      });
      continue;
    }
    it(`names the cause of ${name}: ${causes[name]}`, () => {
      const { correct, matches } = diagnosed(request, meant[name]);
      assert.equal(correct, false);
      assert.ok(matches.length > 0);
      for (const { mistakes, description, fix } of matches) {
        assert.ok(mistakes.includes(causes[name] as MistakeId), JSON.stringify(matches));
        assert.match(description, /\.$/);
        assert.match(fix, /\.$/);
      }
    });
  }

  it("names a list with and without what was meant", () => {
    const request = requests.find(
      (known) => nameOf(known) === "tuya-connector-python get_list",
    ) as PeerRequest;
    for (const query of [undefined, { ids: ["x", "y"] }]) {
      assert.deepEqual(diagnosed(request, query).matches[0]?.mistakes, ["list_value"]);
    }
  });

  it("knows every wrong request, and no more", () => {
    const wrong = requests.filter((request) => !request.doc_canonical_ok).map(nameOf);
    assert.deepEqual(wrong.sort(), Object.keys(causes).sort());
  });
});

describe("diagnose", () => {
  it("names the missing line feed of the documents' example", () => {
    const vector = vectors.find(({ id }) => id === "doc-business-get");
    const negative = negatives.find(({ id }) => id === "header-join-without-trailing-newline");
    assert.ok(vector && negative);
    const { client_id: clientId, secret } = vector;
    const request = requestOf(vector);
    const { matches } = diagnose({ clientId, secret }, request, negative.sign);
    assert.deepEqual(
      matches.map(({ mistakes }) => mistakes),
      [["headers_without_last_newline"]],
    );
    assert.equal(diagnose({ clientId, secret }, request, vector.sign).correct, true);
  });

  it("takes the sign from the headers, from the request, or as it is given", () => {
    const request = signed({ url: "/v1.0/a" });
    const { sign = "" } = request.headers as Record<string, string>;
    assert.equal(diagnose(keys, request).correct, true);
    assert.equal(diagnose(keys, { ...request, sign: sign.toLowerCase() }).correct, false);
    assert.deepEqual(mistakesOf(request, sign.toLowerCase()), ["lower_case_sign"]);
  });

  it("tells what a form, an unsent nonce and another secret did", () => {
    const form = new URLSearchParams({ b: "2", a: "1" });
    const json = signed({ method: "POST", url: "/v1.0/a", body: form.toString() });
    const type = { "content-type": "application/x-www-form-urlencoded" };
    assert.ok(mistakesOf({ ...json, headers: { ...json.headers, ...type } }).includes("form_hashed"));

    const { nonce, ...headers } = signed({ url: "/v1.0/a" }).headers as Record<string, string>;
    const unsent = { url: "/v1.0/a", headers, meant: { nonce: String(nonce) } };
    assert.deepEqual(mistakesOf(unsent), ["nonce_not_sent"]);

    const other = signed({ url: "/v1.0/a" }, { secret: "another0another0another0another0" });
    const { matches } = diagnose({ ...keys, otherSecrets: ["another0another0another0another0"] }, other);
    assert.deepEqual(matches[0]?.mistakes, ["other_secret"]);
    assert.doesNotMatch(JSON.stringify(matches), /another0/);
  });

  it("goes by the options of the signer", () => {
    const legacy = signed({ url: "/v1.0/a" }, { algorithm: "legacy" });
    assert.deepEqual(mistakesOf(legacy), ["legacy_algorithm"]);
    assert.equal(diagnose({ ...keys, algorithm: "legacy" }, legacy).correct, true);
    const decoded = signed({ url: "/v1.0/a%20b" }, { pathEncoding: "decoded" });
    assert.deepEqual(mistakesOf(decoded), ["path_decoded"]);
    assert.equal(diagnose({ ...keys, pathEncoding: "decoded" }, decoded).correct, true);
  });

  it("joins mistakes when one alone does not explain the sign", () => {
    const { headers } = signed({ method: "GET", url: "/v1.0/a" });
    const found = mistakesOf({
      method: "POST",
      url: "/v1.0/a",
      body: "{}",
      headers: wrongly(headers, "post\n", "/v1.0/a"),
    });
    assert.deepEqual([...found].sort(), ["empty_body_signed", "lower_case_method"]);
  });

  it("finds a mistake in strings of every length", () => {
    for (let length = 0; length < 200; length++) {
      const { headers, ...request } = signed({ url: `/v1.0/${"a".repeat(length)}` });
      const { nonce, ...sent } = headers as Record<string, string>;
      const found = diagnose(keys, { ...request, headers: sent, meant: { nonce } });
      assert.deepEqual(found.matches[0]?.mistakes, ["nonce_not_sent"], String(length));
    }
  });

  it("finds nothing where no mistake of the catalogue gives the sign", () => {
    const request = signed({ url: "/v1.0/a" });
    const { correct, matches, hmacs } = diagnose(keys, request, "0".repeat(64));
    assert.deepEqual({ correct, matches }, { correct: false, matches: [] });
    assert.ok(hmacs > 100 && hmacs <= 20_000);
  });

  it("refuses a caller's mistakes, each by its code", async () => {
    const request = signed({ url: "/v1.0/a" });
    const { sign, t, ...rest } = request.headers as Record<string, string>;
    for (const [options, change, code] of [
      [{ secret: "" }, {}, "invalid_secret"],
      [{ otherSecrets: [""] }, {}, "invalid_secret"],
      [{ otherSecrets: [7] }, {}, "invalid_secret"],
      [{}, { headers: { ...rest, t } }, "invalid_argument"],
      [{}, { headers: { ...rest, sign } }, "invalid_time"],
      [{}, { url: "a" }, "invalid_url"],
      [{}, { url: "/?a=%zz" }, "bad_escape"],
      [{}, { signedHeaders: ["absent"] }, "invalid_header"],
      [{}, { method: 7 }, "invalid_method"],
      [{}, { body: 7 }, "invalid_argument"],
      [{}, { meant: 7 }, "invalid_argument"],
      [{}, { meant: { query: 7 } }, "invalid_argument"],
      [{}, { meant: { nonce: 7 } }, "invalid_argument"],
    ] as const) {
      const call = () =>
        diagnose({ ...keys, ...options } as never, { ...request, ...change } as unknown as DiagnoseRequest);
      await assertArgumentError(call, code, JSON.stringify([options, change]));
    }
    await assertArgumentError(() => diagnose(keys, null as never), "invalid_argument", "no request");
  });
});

/** The headers with the sign of another method and URL over an empty body. */
function wrongly(headers: DiagnoseRequest["headers"], method: string, url: string): Record<string, string> {
  const sent = headers as Record<"t" | "nonce", string>;
  const content = createHash("sha256").digest("hex");
  const text = `${keys.clientId}${sent.t}${sent.nonce}${method}${content}\n\n${url}`;
  const sign = createHmac("sha256", keys.secret).update(text).digest("hex").toUpperCase();
  return { ...sent, sign };
}

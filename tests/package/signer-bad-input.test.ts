// What cannot arrive as it was signed is refused: a stable code, a message that names the part, and nothing secret in
// whatever a program may print of the error.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";

import { Signer, type SignerOptions, type SignRequest } from "tuya-auth/server";

const SECRET = "S3cret0S3cret0S3cret0S3cret0S3cr";
const TOKEN = "T0ken0T0ken0T0ken0T0ken0T0ken012";
const keys: SignerOptions = { clientId: "client0client0client0", secret: SECRET };
const request = { url: "/v1.0/a?b=1", accessToken: TOKEN, t: 1_700_000_000_000, nonce: "n0nce" };

/** The caller's mistake, the error's code, and what its message has to name. */
type Case = readonly [given: Record<string, unknown>, code: string, names: RegExp];

const BAD_OPTIONS: readonly Case[] = [
  ...["", " ", "client id", " client", "client\n", "\ufeffclient", "clïent", undefined, null, 7].map(
    (clientId): Case => [{ clientId }, "invalid_client_id", /client ID|clientId/],
  ),
  ...["", " ", ` ${SECRET}`, `${SECRET}\n`, `${SECRET}\t`, `\ufeff${SECRET}`, `${SECRET}é`, undefined, 7].map(
    (secret): Case => [{ secret }, "invalid_secret", /secret/],
  ),
  ...["", " ", "com.example\r\n", "cöm"].map(
    (identifier): Case => [{ identifier }, "invalid_header", /identifier/],
  ),
  [{ identifier: 7 }, "invalid_argument", /identifier/],
  [{ algorithm: "newest" }, "invalid_argument", /algorithm/],
  [{ pathEncoding: "raw" }, "invalid_argument", /pathEncoding/],
];

const form = { "content-type": "application/x-www-form-urlencoded" };
const signing = (name: string, value: unknown) => ({ headers: { [name]: value }, signedHeaders: [name] });

const BAD_REQUESTS: readonly Case[] = [
  ...["/%", "/a/%zz", "/%e9", "/%c3%28"].map((url): Case => [{ url }, "bad_escape", /\(path\)/]),
  ...["/a?b=%", "/a?b=%1", "/a?b=%zz", "/a?%ff=1", "/a?b=%ed%a0%80"].map(
    (url): Case => [{ url }, "bad_escape", /\(query\)/],
  ),
  [{ body: "a=%zz", headers: form }, "bad_escape", /\(body\)/],
  [{ body: new Uint8Array([0x61, 0x3d, 0xff]), headers: form }, "bad_escape", /\(body\)/],

  [{ url: "/a?x=1&key=1&y=2&key=2" }, "repeated_key", /\(key\)/],
  [{ url: "/a?key=1&%6bey=1" }, "repeated_key", /\(key\)/],
  [{ url: "/a?key=1", body: new URLSearchParams("key=2") }, "repeated_key", /\(key\)/],

  ...["a\nb", "a\r\nx: y", "\n", "a\r", "a\0", "a\u007f", " a", "a\t", "ä", "\u2028"].map(
    (value): Case => [signing("area_id", value), "invalid_header", /\(area_id\)/],
  ),
  [signing("area_id", 7), "invalid_header", /\(area_id\)/],
  [signing("area_id", null), "invalid_header", /\(area_id\)/],
  ...["", "area id", "area\nid", "area\rid", "area\0id", "area\u007fid", "area:id", "ärea"].map(
    (name): Case => [signing(name, "x"), "invalid_header", /\(the name of a signed header\)/],
  ),
  [{ signedHeaders: ["area_id"] }, "invalid_header", /\(area_id\)/],
  [{ headers: { area_id: undefined }, signedHeaders: ["area_id"] }, "invalid_header", /\(area_id\)/],
  [{ headers: { Area_Id: "1", area_id: "2" }, signedHeaders: ["area_id"] }, "invalid_header", /\(area_id\)/],
  [{ signedHeaders: "area_id" }, "invalid_argument", /signedHeaders/],
  [{ signedHeaders: [7] }, "invalid_argument", /signedHeaders/],
  [{ headers: "area_id: 1", signedHeaders: [] }, "invalid_argument", /headers/],

  ...["", " ", "GE T", "GET\n", "GET ", "GÉT", "GET/", "G(T", "GET\0", 7, null].map(
    (method): Case => [{ method }, "invalid_method", /method/],
  ),

  ...[0, 1_700_000_000, 1_700_000_000.5, 999_999_999_999, 10_000_000_000_000, Number.NaN, -1].map(
    (t): Case => [{ t }, "invalid_time", /\bt\b.*milliseconds/],
  ),
  ...["1700000000", "17000000000000", "+170000000000", "170000000000x", "", " 1700000000000", null].map(
    (t): Case => [{ t }, "invalid_time", /\bt\b.*milliseconds/],
  ),

  ...["a b", "n\n", "é", "n\ud83d", "\udc00n"].map((nonce): Case => [{ nonce }, "invalid_nonce", /nonce/]),
  [{ nonce: 7 }, "invalid_argument", /nonce/],
  ...[`${TOKEN} `, `${TOKEN}\n`, `${TOKEN}é`].map(
    (accessToken): Case => [{ accessToken }, "invalid_token", /access_token/],
  ),
  [{ accessToken: null }, "invalid_argument", /accessToken/],

  ...["", "a", "v1.0/a", "h.test/a", "//h.test/a", "https:///a", "file:///a", "C:/a"].map(
    (url): Case => [{ url }, "invalid_url", /URL/],
  ),
  ...["/a b", "/é", "/a|b", "/a[0]", "/{id}", "/a\\b", "/a\n", "/a?b=\t", "/a?b=c "].map(
    (url): Case => [{ url }, "invalid_url", /URL/],
  ),
  ...["/./a", "/a/..", "/a/%2e%2E/b", "/a/.%2e"].map((url): Case => [{ url }, "invalid_url", /dot segments/]),
  [{ url: undefined }, "invalid_url", /url/],
  [{ body: 7 }, "invalid_argument", /body/],
];

describe("Signer: bad input", () => {
  for (const [given, code, names] of BAD_OPTIONS) {
    it(`new Signer(${inline(given)}) is ${code}`, () => {
      const error = thrownBy(() => new Signer({ ...keys, ...given } as SignerOptions));
      assertRefused(error, code, names);
    });
  }

  const signer = new Signer(keys);
  for (const [given, code, names] of BAD_REQUESTS) {
    it(`sign(${inline(given)}) is ${code}`, () => {
      const bad = { ...request, ...given } as SignRequest;
      assertRefused(
        thrownBy(() => signer.sign(bad)),
        code,
        names,
      );
      if ("t" in given || "nonce" in given || "accessToken" in given) return;
      assertRefused(
        thrownBy(() => signer.stringToSign(bad)),
        code,
        names,
      );
    });
  }

  it("takes a repeated key when asked to", () => {
    using lenient = new Signer({ ...keys, allowRepeatedKeys: true });
    assert.match(lenient.stringToSign({ url: "/a?key=2&a=0&key=1" }), /\/a\?a=0&key=2&key=1$/);
  });

  it("breaks no line with what it names", () => {
    const error = thrownBy(() => signer.sign({ ...request, url: "/a?b%0A%1b=1&b%0A%1b=2" }));
    assertRefused(error, "repeated_key", /\(b\\u000a\\u001b\)/);
    const absent = thrownBy(() => signer.sign({ ...request, signedHeaders: ["a\r\nb"] }));
    assertRefused(absent, "invalid_header", /\(a\\u000d\\u000ab\)/);
  });

  it("shows neither secret nor token, however it is printed", () => {
    assertSilent(signer);
    assertSilent(thrownBy(() => signer.verify({ ...request, headers: "x" } as never)));
    assertSilent(signer.verify({ ...request, headers: { sign: "X" } }));
    using other = new Signer(keys);
    other.free();
    assertSilent(thrownBy(() => other.sign(request)));
  });
});

function thrownBy(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof Error, String(error));
    return error;
  }
  return assert.fail("nothing was thrown");
}

function assertRefused(error: Error, code: string, names: RegExp): void {
  assert.equal(error.name, "TypeError");
  assert.equal("code" in error && error.code, code);
  assert.match(error.message, names);
  assert.doesNotMatch(error.message, /\p{Cc}/u);
  assertSilent(error);
}

function inline(value: unknown): string {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY });
}

/** No way of printing it shows the secret or the token, whole or in part. */
function assertSilent(printed: unknown): void {
  const shown = [
    String(printed),
    JSON.stringify(printed),
    inspect(printed, { depth: 9, showHidden: true, getters: true }),
    printed instanceof Error ? `${printed.stack} ${String(printed.cause)}` : "",
  ];
  for (const text of shown) assert.doesNotMatch(text, /S3cret0|T0ken0/);
}

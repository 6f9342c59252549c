import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { describe, it } from "node:test";

import { ContentHash, Signer } from "tuya-auth/server";

import { assertArgumentError } from "../support/argument-error.js";

const signer = new Signer({ clientId: "client0client0client0", secret: "secret0secret0secret0secret0secr" });
const request = { method: "POST", url: "/v1.0/a", t: 1_700_000_000_000, nonce: "" };

/** Sizes around the 64 KiB that are hashed at once. */
const SIZES = [0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_003];

/** No two blocks of it are alike. */
const bytes = randomBytes(1_000_003);
const text = Array.from({ length: 400_000 }, (_, at) => `${at}ü😀`).join("");

describe("large bodies", () => {
  for (const size of SIZES) {
    it(`signs ${size} bytes, and a text as long, by their hash`, () => {
      for (const body of [bytes.subarray(0, size), text.slice(0, size)]) {
        const expected = createHash("sha256").update(body).digest("hex");
        assert.equal(signer.stringToSign({ ...request, body }).split("\n")[1], expected);
        const hash = new ContentHash().update(body);
        assert.equal(signer.sign({ ...request, body }).sign, signer.sign({ ...request, body: hash }).sign);
        assert.equal(signer.stringToSign({ ...request, body: hash }).split("\n")[1], expected);
      }
    });
  }
});

it("hashes a pair of surrogates as one character, wherever a block ends", () => {
  const fresh = new Signer({ clientId: "client0client0client0", secret: "secret0secret0secret0secret0secr" });
  // After it the buffer has more room than a block takes.
  fresh.sign({ ...request, body: "a".repeat(40_000) });
  for (let before = 21_840; before < 21_850; before += 1) {
    for (const unit of ["😀", "\ud83d", "\ude00", "ü"]) {
      const body = "a".repeat(before) + unit.repeat(50_000);
      const expected = createHash("sha256").update(body).digest("hex");
      const hash = new ContentHash().update(body);
      assert.equal(fresh.sign({ ...request, body }).sign, fresh.sign({ ...request, body: hash }).sign);
      assert.equal(fresh.stringToSign({ ...request, body: hash }).split("\n")[1], expected);
    }
  }
});

describe("ContentHash", () => {
  const whole = signer.sign({ ...request, body: bytes }).sign;

  it("hashes a stream as it comes", async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 77_777) controller.enqueue(bytes.subarray(at, at + 77_777));
        controller.close();
      },
    });
    assert.equal(signer.sign({ ...request, body: await ContentHash.of(stream) }).sign, whole);
  });

  it("signs as often as is asked", () => {
    const body = new ContentHash().update(bytes);
    assert.equal(signer.sign({ ...request, body }).sign, whole);
    assert.equal(new Signer({ clientId: "a", secret: "b" }).sign({ ...request, body }).sign.length, 64);
    assert.equal(signer.sign({ ...request, body }).sign, whole);
  });

  it("keeps hashes apart that are made side by side", () => {
    const [one, other] = [new ContentHash(), new ContentHash()];
    for (let at = 0; at < 1000; at += 1) {
      one.update(bytes.subarray(at * 7, at * 7 + 7));
      other.update("x");
      signer.sign({ ...request, body: "between" });
    }
    const signed = (body: ContentHash | Uint8Array | string) => signer.sign({ ...request, body }).sign;
    assert.equal(signed(one), signed(bytes.subarray(0, 7000)));
    assert.equal(signed(other), signed("x".repeat(1000)));
  });

  it("takes nothing but bytes and texts, and nothing after it was used", async () => {
    const hash = new ContentHash();
    await assertArgumentError(() => hash.update(1 as never), "invalid_argument", "a number");
    signer.sign({ ...request, body: hash });
    await assertArgumentError(() => hash.update("late"), "invalid_argument", "after use");
  });
});

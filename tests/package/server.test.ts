import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createCloud } from "tuya-auth/emulator";
import { buildTokenRequest, parseTokenResponse, Signer, type TokenGrant } from "tuya-auth/server";

import { assertArgumentError } from "../support/argument-error.js";
import { cloudKeys } from "../support/demo-seed.js";

const NOW = 1_800_000_000_000;

describe("buildTokenRequest", () => {
  it("builds the three token calls", () => {
    for (const [grant, url] of [
      [{ grant: "simple" }, "/v1.0/token?grant_type=1"],
      [{ grant: "code", code: "cf2x8fe" }, "/v1.0/token?grant_type=2&code=cf2x8fe"],
      [{ grant: "code", code: "a&b=c/d" }, "/v1.0/token?grant_type=2&code=a%26b%3Dc%2Fd"],
      [{ grant: "refresh", refreshToken: "4c8f" }, "/v1.0/token/4c8f"],
      [{ grant: "refresh", refreshToken: "../x" }, "/v1.0/token/..%2Fx"],
    ] as const) {
      assert.deepEqual(buildTokenRequest(grant), { method: "GET", url });
    }
  });

  it("refuses a caller's mistakes, each by its code", async () => {
    for (const [grant, code] of [
      [undefined, "invalid_argument"],
      [{ grant: "password" }, "invalid_argument"],
      [{ grant: "code" }, "invalid_token"],
      [{ grant: "code", code: "" }, "invalid_token"],
      [{ grant: "code", code: "a\nb" }, "invalid_token"],
      [{ grant: "refresh", refreshToken: ".." }, "invalid_token"],
      [{ grant: "refresh", refreshToken: 7 }, "invalid_token"],
      [{ grant: "refresh", refreshToken: "x".repeat(2_000) }, "invalid_token"],
    ] as const) {
      await assertArgumentError(() => buildTokenRequest(grant as TokenGrant), code, JSON.stringify(grant));
    }
  });
});

describe("parseTokenResponse", () => {
  const result = { access_token: "3f4e", refresh_token: "4c8f", expire_time: 7_200, uid: "az17" };
  const answer = { success: true, t: NOW - 5_000, tid: "tid", result };
  const parse = (json: unknown) => parseTokenResponse(json, { dataCenter: "us", now: NOW });

  it("reads tokens; they expire by the cloud's clock", () => {
    const tokens = {
      accessToken: "3f4e",
      refreshToken: "4c8f",
      uid: "az17",
      dataCenter: "us",
      expiresAt: NOW - 5_000 + 7_200_000,
      obtainedAt: NOW,
    };
    assert.deepEqual(parse(answer), tokens);
    const { expire_time: expire, ...rest } = result;
    assert.deepEqual(parse({ ...answer, result: { ...rest, expire } }), tokens);
    assert.equal(parse({ ...answer, t: undefined }).expiresAt, NOW + 7_200_000);
  });

  it("refuses every answer that is none, and names the part", () => {
    for (const [json, part] of [
      [null, "body"],
      ["{}", "body"],
      [{}, "success"],
      [{ success: "true", result }, "success"],
      [{ success: false }, "success"],
      [{ success: false, code: "1010" }, "success"],
      [{ success: true }, "result"],
      [{ success: true, result: "3f4e" }, "result"],
      ...["access_token", "refresh_token", "uid"].flatMap((field) =>
        [undefined, 7, "", "a b"].map((value) => [
          { ...answer, result: { ...result, [field]: value } },
          field,
        ]),
      ),
      ...[undefined, "7200", 0, -1, Number.NaN, 1e12].map((value) => [
        { ...answer, result: { ...result, expire_time: value } },
        "expire_time",
      ]),
      [{ ...answer, t: -1 }, "t"],
    ] as const) {
      const expected = {
        name: "TuyaAuthError",
        code: "malformed_response",
        message: new RegExp(`\\(${part}\\)`),
      };
      assert.throws(() => parse(json), expected, JSON.stringify(json));
    }
  });

  it("keeps of a failure what may be kept", () => {
    const failure = { success: false, code: 1010, msg: "x".repeat(5_000), t: "soon", tid: 7 };
    assert.throws(
      () => parse(failure),
      ({ tuya }: { tuya: { code: number; msg: string; t: undefined; tid: undefined } }) => {
        assert.equal(tuya.msg.length, 500);
        return tuya.code === 1010 && tuya.t === undefined && tuya.tid === undefined;
      },
    );
  });

  it("refuses a caller's mistakes, each by its code", async () => {
    for (const [context, code] of [
      [undefined, "invalid_argument"],
      [{ dataCenter: "us" }, "invalid_time"],
      [{ dataCenter: "us", now: Number.NaN }, "invalid_time"],
      [{ now: NOW }, "invalid_data_center"],
    ] as const) {
      const wrong = context as unknown as { dataCenter: string; now: number };
      await assertArgumentError(() => parseTokenResponse(answer, wrong), code, JSON.stringify(context));
    }
  });
});

it("the parts make a token call without a client", async () => {
  const cloud = createCloud({ now: () => NOW });
  const request = buildTokenRequest({ grant: "simple" });
  using signer = new Signer(cloudKeys);
  const response = await cloud.fetch(`http://127.0.0.1:8787/us${request.url}`, {
    headers: signer.sign({ ...request, t: NOW }),
  });
  const tokens = parseTokenResponse(await response.json(), { dataCenter: "us", now: NOW });
  assert.equal(tokens.expiresAt, NOW + 7_200_000);
});

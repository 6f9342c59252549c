import assert from "node:assert/strict";
import { describe, it } from "node:test";

import * as page from "tuya-auth";
import * as server from "tuya-auth/server";

describe("TuyaAuthError", () => {
  it("is one class for every entry", () => {
    assert.equal(page.TuyaAuthError, server.TuyaAuthError);
  });

  it("says what happened, whether to retry and what to do", () => {
    const error = new server.TuyaAuthError("state_mismatch");
    assert.ok(error instanceof Error);
    assert.equal(error.name, "TuyaAuthError");
    assert.equal(error.code, "state_mismatch");
    assert.equal(error.retryable, false);
    assert.ok(error.message.length > 0);
    assert.ok(error.action !== undefined && error.action.length > 0);
    assert.equal("tuya" in error, false);
    assert.equal("cause" in error, false);
    assert.equal(new server.TuyaAuthError("timeout").retryable, true);
  });

  it("has its texts in a page, too", () => {
    assert.throws(() => page.parseCallback("state=other", { state: "expected" }), {
      code: "state_mismatch",
      message: /the callback's state/,
      action: /^Start the link again/,
    });
  });

  it("carries the cloud's own words as data", () => {
    const answer = {
      success: false,
      code: 1107,
      msg: "code <b>invalid</b>",
      t: 1_700_000_000_000,
      tid: "tid",
    };
    assert.throws(
      () => server.parseTokenResponse(answer, { dataCenter: "us", now: 1_700_000_000_000 }),
      (error: server.TuyaAuthError) => {
        const { code, msg, t, tid } = answer;
        assert.deepEqual(error.tuya, { code, msg, t, tid });
        assert.equal(error.code, "code_invalid");
        return !error.message.includes("<b>");
      },
    );
  });

  it("names the cloud's codes, and any other cloud_error", () => {
    for (const [code, expected, retryable] of [
      [500, "unavailable", true],
      [1001, "secret_invalid", false],
      [1004, "sign_invalid", false],
      [1010, "token_expired", false],
      [1011, "token_expired", false],
      [1012, "token_expired", false],
      [1013, "clock_skew", false],
      [1106, "permission_denied", false],
      [1111, "rate_limited", true],
      [1400, "token_expired", false],
      [2007, "wrong_data_center", false],
      [28_841_002, "plan_unavailable", false],
      [28_841_101, "not_subscribed", false],
      [987_654, "cloud_error", false],
    ] as const) {
      const answer = { success: false, code, msg: "", t: 1, tid: "" };
      assert.throws(() => server.parseTokenResponse(answer, { dataCenter: "us", now: 1 }), {
        name: "TuyaAuthError",
        code: expected,
        retryable,
        message: /^[^_]+ \(the cloud's code \d+\)$/,
        action: /\.$/,
      });
    }
  });
});

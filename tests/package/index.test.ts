import assert from "node:assert/strict";
import { describe, it } from "node:test";

import * as page from "tuya-auth";
import * as server from "tuya-auth/server";

import { assertArgumentError } from "../support/argument-error.js";

const request = {
  page: "https://pages.test/d/login",
  clientId: "client",
  redirectUri: "https://app.test/auth/callback/us",
  dataCenter: "us",
} as const;

/** Both entries offer the same, each out of its own module. */
for (const [entry, { createAuthorization, parseCallback, ready, allowInsecure }] of [
  ["tuya-auth", page],
  ["tuya-auth/server", server],
] as const) {
  describe(`${entry}: createAuthorization`, () => {
    it("makes a URL with a fresh state that names the data center", () => {
      const { url, state, dataCenter } = createAuthorization(request);
      assert.match(state, /^[A-Za-z0-9_-]{22}\.us$/);
      assert.equal(dataCenter, "us");
      assert.equal(new URL(url).origin + new URL(url).pathname, request.page);
      assert.deepEqual(Object.fromEntries(new URL(url).searchParams), {
        client_id: "client",
        redirect_uri: request.redirectUri,
        state,
      });
      assert.notEqual(createAuthorization(request).state, state);
    });

    it("takes URLs, a state of the caller's and further parameters", () => {
      const state = `${"s".repeat(22)}.us`;
      for (const params of [{ from_app: "tuya Smart" }, new URLSearchParams({ from_app: "tuya Smart" })]) {
        const { url } = createAuthorization({
          ...request,
          page: new URL("https://pages.test/login?lang=de"),
          redirectUri: new URL(request.redirectUri),
          state,
          params,
        });
        const query = new URL(url).searchParams;
        assert.deepEqual(
          [query.get("lang"), query.get("state"), query.get("from_app")],
          ["de", state, "tuya Smart"],
        );
      }
    });

    it("lets plain http pass on loopback, and elsewhere only when told so", () => {
      createAuthorization({ ...request, page: "http://localhost:8787/us/d/login" });
      createAuthorization({ ...request, page: "http://pages.test/", [allowInsecure]: true });
    });

    it("refuses a caller's mistakes, each by its code", async () => {
      for (const [change, code] of [
        [{ page: "http://pages.test/" }, "insecure_url"],
        [{ page: "pages.test" }, "invalid_url"],
        [{ page: undefined }, "invalid_url"],
        [{ page: "https://pages.test/#x" }, "invalid_url"],
        [{ redirectUri: "http://app.test/" }, "insecure_url"],
        [{ redirectUri: `${request.redirectUri}#x` }, "invalid_url"],
        [{ redirectUri: 7 }, "invalid_url"],
        [{ clientId: "" }, "invalid_client_id"],
        [{ clientId: " client" }, "invalid_client_id"],
        [{ clientId: undefined }, "invalid_client_id"],
        [{ dataCenter: "" }, "invalid_data_center"],
        [{ dataCenter: undefined }, "invalid_data_center"],
        [{ state: "short.us" }, "invalid_state"],
        [{ state: "s".repeat(30) }, "invalid_state"],
        [{ state: `${"s".repeat(22)}.eu` }, "invalid_state"],
        [{ state: 1 }, "invalid_state"],
        [{ params: { state: "x" } }, "reserved_parameter"],
        [{ page: "https://pages.test/?client_id=x" }, "reserved_parameter"],
        [{ params: new URLSearchParams("a=1&a=2") }, "repeated_key"],
        [{ page: "https://pages.test/?a=%zz" }, "bad_escape"],
        [{ params: { a: 1 } }, "invalid_argument"],
        [{ params: "a=1" }, "invalid_argument"],
      ] as const) {
        const options = { ...request, ...change } as unknown as typeof request;
        await assertArgumentError(() => createAuthorization(options), code, JSON.stringify(change));
      }
      await assertArgumentError(() => createAuthorization(null as never), "invalid_argument", "no options");
    });
  });

  describe(`${entry}: parseCallback`, () => {
    const { state } = createAuthorization(request);
    const callback = (query: string) => `${request.redirectUri}?${query}`;

    it("reads a callback in any form", () => {
      const query = `code=cf2x8fe&state=${state}`;
      for (const input of [
        callback(query),
        new URL(callback(query)),
        new URLSearchParams(query),
        query,
        `?${query}`,
      ]) {
        const expected = { code: "cf2x8fe", state, dataCenter: "us" };
        assert.deepEqual(parseCallback(input, { state, dataCenter: "us" }), expected);
        assert.deepEqual(parseCallback(input, { state }), expected);
      }
    });

    it("refuses what is wrong with the callback, in the order of the checks", () => {
      for (const [input, code] of [
        [`code=1&code=2&state=${state}`, "callback_malformed"],
        [`code=%zz&state=${state}`, "callback_malformed"],
        [`code=${"c".repeat(9000)}`, "callback_malformed"],
        [7, "callback_malformed"],
        ["error=access_denied", "state_missing"],
        ["", "state_missing"],
        [`code=1&state=${"x".repeat(22)}.us`, "state_mismatch"],
        [`error=access_denied&state=${state}`, "access_denied"],
        [`error=server_error&state=${state}`, "authorization_error"],
        [`state=${state}`, "code_missing"],
      ] as const) {
        assert.throws(() => parseCallback(input as string, { state, dataCenter: "us" }), {
          name: "TuyaAuthError",
          code,
        });
      }
      assert.throws(() => parseCallback(`code=1&state=${state}`, { state, dataCenter: "eu" }), {
        code: "wrong_data_center",
      });
    });

    it("lets nothing pass in a browser that has no state", () => {
      for (const none of [undefined, null, ""]) {
        assert.throws(() => parseCallback(`code=1&state=${state}`, { state: none }), {
          code: "state_mismatch",
        });
      }
    });

    it("keeps what the page said as data, capped and out of the message", () => {
      const said = encodeURIComponent(`<b>${"x".repeat(5000)}`);
      const query = `error=access_denied&error_description=${said}&state=${state}`;
      assert.throws(
        () => parseCallback(query, { state }),
        ({ message, cause }: Error & { cause: { error: string; error_description: string } }) => {
          assert.equal(cause.error, "access_denied");
          assert.match(cause.error_description, /^<b>x+$/);
          assert.ok(cause.error_description.length <= 256);
          return !message.includes("<b>");
        },
      );
    });

    it("refuses a caller's mistakes, each by its code", async () => {
      for (const expected of [undefined, { state: 7 }, { state, dataCenter: 7 }]) {
        const wrong = expected as unknown as { state: string };
        await assertArgumentError(() => parseCallback("", wrong), "invalid_argument", String(expected));
      }
    });
  });

  it(`${entry}: ready can be awaited, before and after first use`, async () => {
    await ready();
    createAuthorization(request);
    await ready();
  });
}

describe("data centers", () => {
  it("are the documents' seven, and cannot be changed", () => {
    assert.deepEqual(
      page.dataCenters.map(({ code }) => code),
      ["cn", "us", "ueaz", "eu", "weaz", "in", "sg"],
    );
    assert.ok(page.dataCenters.every(({ openapi }) => /^https:\/\/openapi[^/]*$/.test(openapi)));
    assert.ok(Object.isFrozen(page.dataCenters) && page.dataCenters.every(Object.isFrozen));
  });

  it("are guessed by calling code", () => {
    for (const [callingCode, expected] of [
      ["86", "cn"],
      [49, "eu"],
      ["+91", "in"],
      ["+1", "us"],
      ["+1-787", "us"],
      ["x", undefined],
      ["", undefined],
    ] as const) {
      assert.equal(page.dataCenterForCountry(callingCode), expected, String(callingCode));
    }
  });
});

import * as page from "tuya-auth";
import * as server from "tuya-auth/server";

import { caught, equal, match, ok, refuses } from "../assert.js";
import { check, type Group } from "../group.js";

const redirectUri = "https://app.test/auth/callback/us";
const state = `${"s".repeat(22)}.us`;

/** `parseCallback` of both entries, with each of its refusals in their order. */
export const callback: Group = {
  name: "callback",
  checks: [...checksOf("tuya-auth", page), ...checksOf("tuya-auth/server", server)],
};

function checksOf(entry: string, { parseCallback }: typeof page) {
  return [
    check(`${entry} reads a callback in any form`, () => {
      const query = `code=cf2x8fe&state=${state}`;
      const url = `${redirectUri}?${query}`;
      for (const input of [url, new URL(url), new URLSearchParams(query), query, `?${query}`]) {
        const expected = { code: "cf2x8fe", state, dataCenter: "us" };
        equal(parseCallback(input, { state, dataCenter: "us" }), expected);
        equal(parseCallback(input, { state }), expected);
      }
    }),
    check(`${entry} refuses what is wrong with it, in the order of the checks`, async () => {
      for (const [input, code] of refusals) {
        const call = () => parseCallback(input as string, { state, dataCenter: "us" });
        await refuses(call, "TuyaAuthError", code, String(input).slice(0, 60));
      }
      const call = () => parseCallback(`code=1&state=${state}`, { state, dataCenter: "eu" });
      await refuses(call, "TuyaAuthError", "wrong_data_center");
    }),
    check(`${entry} lets nothing pass in a browser that has no state`, async () => {
      for (const none of [undefined, null, ""]) {
        const call = () => parseCallback(`code=1&state=${state}`, { state: none });
        await refuses(call, "TuyaAuthError", "state_mismatch", String(none));
      }
    }),
    check(`${entry} keeps what the page said as data, capped and out of the message`, async () => {
      const said = encodeURIComponent(`<b>${"x".repeat(5000)}`);
      const query = `error=access_denied&error_description=${said}&state=${state}`;
      const error = await caught(() => parseCallback(query, { state }));
      const cause = error?.cause as
        | { readonly error: string; readonly error_description: string }
        | undefined;
      equal([error?.code, cause?.error], ["access_denied", "access_denied"]);
      match(cause?.error_description, /^<b>x{1,253}$/, "description");
      ok(!error?.message.includes("<b>"), "the message repeats the page");
    }),
    check(`${entry} refuses a caller's mistakes, each by its code`, async () => {
      for (const expected of [undefined, { state: 7 }, { state, dataCenter: 7 }]) {
        const call = () => parseCallback("", expected as unknown as { state: string });
        await refuses(call, "TypeError", "invalid_argument", JSON.stringify(expected));
      }
    }),
  ];
}

const refusals = [
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
] as const;

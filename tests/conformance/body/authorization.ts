import * as page from "tuya-auth";
import * as server from "tuya-auth/server";

import { equal, match, ok, refuses } from "../assert.js";
import { check, type Group } from "../group.js";

const request = {
  page: "https://pages.test/d/login",
  clientId: "client",
  redirectUri: "https://app.test/auth/callback/us",
  dataCenter: "us",
} as const;

/** `createAuthorization` and the data centers, of both entries: each is out of a module of its own. */
export const authorization: Group = {
  name: "authorization",
  checks: [
    ...checksOf("tuya-auth", page),
    ...checksOf("tuya-auth/server", server),
    check("data centers are the documents' seven, and cannot be changed", () => {
      const { dataCenters } = page;
      equal(
        dataCenters.map(({ code }) => code),
        ["cn", "us", "ueaz", "eu", "weaz", "in", "sg"],
      );
      for (const { openapi } of dataCenters) match(openapi, /^https:\/\/openapi[^/]*$/);
      ok(Object.isFrozen(dataCenters) && dataCenters.every(Object.isFrozen), "they can be changed");
    }),
    check("data centers are guessed by calling code", () => {
      for (const [callingCode, expected] of [
        ["86", "cn"],
        [49, "eu"],
        ["+91", "in"],
        ["+1", "us"],
        ["+1-787", "us"],
        ["x", undefined],
        ["", undefined],
      ] as const) {
        equal(page.dataCenterForCountry(callingCode), expected, String(callingCode));
      }
    }),
  ],
};

function checksOf(entry: string, { createAuthorization, allowInsecure }: typeof page) {
  return [
    check(`${entry} makes a URL with a fresh state that names the data center`, () => {
      const { url, state, dataCenter } = createAuthorization(request);
      match(state, /^[A-Za-z0-9_-]{22}\.us$/, "state");
      equal(dataCenter, "us");
      equal(new URL(url).origin + new URL(url).pathname, request.page);
      equal(Object.fromEntries(new URL(url).searchParams), {
        client_id: "client",
        redirect_uri: request.redirectUri,
        state,
      });
      ok(createAuthorization(request).state !== state, "the same state twice");
    }),
    check(`${entry} takes URLs, a state of the caller's and further parameters`, () => {
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
        equal([query.get("lang"), query.get("state"), query.get("from_app")], ["de", state, "tuya Smart"]);
      }
    }),
    check(`${entry} lets plain http pass on loopback, and elsewhere only when told so`, () => {
      createAuthorization({ ...request, page: "http://localhost:8787/us/d/login" });
      createAuthorization({ ...request, page: "http://pages.test/", [allowInsecure]: true });
    }),
    check(`${entry} refuses a caller's mistakes, each by its code`, async () => {
      for (const [change, code] of mistakes) {
        const options = { ...request, ...change } as unknown as typeof request;
        await refuses(() => createAuthorization(options), "TypeError", code, JSON.stringify(change));
      }
      await refuses(() => createAuthorization(null as never), "TypeError", "invalid_argument", "no options");
    }),
  ];
}

const mistakes = [
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
] as const;

import { createCloud, seed } from "tuya-auth/emulator";
import { buildTokenRequest, Signer } from "tuya-auth/server";

import { obtainCode } from "../../support/consent.js";
import { equal } from "../assert.js";
import { check, type Group } from "../group.js";

const origin = "https://cloud.test";
const { ann } = seed.accounts;
const devices = `/v1.0/users/${ann.uid}/devices`;

/** The cloud in process, by nothing but its `fetch`. */
export const cloud: Group = {
  name: "emulator",
  checks: [
    check("has a user log in and consent, and exchanges the code once", async () => {
      const { call, code } = await stage();
      const path = String(buildTokenRequest({ grant: "code", code }).url);
      equal((await call(path)).result?.uid, ann.uid, "linked account");
      equal((await call(path)).code, 1107, "the code again");
    }),
    check("lets tokens expire by its own clock, and refreshes them once", async () => {
      const { call, code, cloud, advance } = await stage();
      const { result } = await call(String(buildTokenRequest({ grant: "code", code }).url));
      const { access_token: accessToken = "", refresh_token: refreshToken = "" } = result ?? {};
      equal((await call(devices, accessToken)).success, true, "call");
      await advance(7_200_000);
      equal((await call(devices, accessToken)).code, 1010, "call two hours later");
      equal((await cloud.requests()).at(-1)?.verdict, "token_expired", "verdict");
      const refresh = String(buildTokenRequest({ grant: "refresh", refreshToken }).url);
      equal((await call(refresh)).success, true, "refresh");
      equal((await call(refresh)).code, 1010, "refresh by the old token");
    }),
    check("gives the failures that it is told to", async () => {
      const { call, cloud } = await stage();
      await cloud.fail({ body: "cut" });
      equal(await call(devices).catch(() => "cut"), "cut");
      await cloud.fail({ code: 1111, times: 2 });
      equal([(await call(devices)).code, (await call(devices)).code], [1111, 1111]);
    }),
    check("says which mistake is behind a wrong sign", async () => {
      const { cloud, now } = await stage();
      const headers = new Signer(seed.app).sign({ url: "/v1.0/b?a=1&c=2", t: now() });
      await cloud.fetch(`${origin}/us/v1.0/b?c=2&a=1`, {
        headers: { ...headers, sign: headers.sign.toLowerCase() },
      });
      const { verdict, diagnosis } = (await cloud.requests()).at(-1) ?? {};
      equal(verdict, "sign_invalid");
      equal(
        diagnosis?.matches.map(({ mistakes }) => mistakes),
        [["lower_case_sign"]],
      );
    }),
  ],
};

interface Answer {
  readonly success: boolean;
  readonly code?: number;
  readonly result?: {
    readonly uid?: string;
    readonly access_token?: string;
    readonly refresh_token?: string;
  };
}

/** A cloud, a code that Ann has consented to, and signed calls by the seed's app. */
async function stage() {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const cloud = createCloud();
  const signer = new Signer(seed.app);
  const code = await obtainCode({ fetch: cloud.fetch, origin, dataCenter: "us", account: ann });
  return {
    cloud,
    code,
    now,
    async advance(ms: number) {
      ahead += ms;
      await cloud.advance(ms);
    },
    async call(path: string, accessToken?: string): Promise<Answer> {
      const token = accessToken === undefined ? {} : { accessToken };
      const headers = signer.sign({ url: path, t: now(), ...token });
      return (await cloud.fetch(`${origin}/us${path}`, { headers })).json();
    },
  };
}

import { createCloud, seed } from "tuya-auth/emulator";
import { buildTokenRequest, Signer, TuyaClient } from "tuya-auth/server";

import { obtainCode } from "../support/consent.js";

const origin = "https://cloud.test";
const { ann } = seed.accounts;
const devices = `/v1.0/users/${ann.uid}/devices`;

/** What {@link checkEmulator} gives where everything holds. */
export const expected: readonly Finding[] = [
  { what: "linked account", found: ann.uid },
  { what: "devices", found: "Ann's lamp, Ann's plug" },
  { what: "code used again", found: "code_invalid" },
  { what: "verdict on the access token after two hours", found: "token_expired" },
  { what: "devices after a refresh", found: "Ann's lamp, Ann's plug" },
  { what: "old refresh token", found: 1010 },
  { what: "answer that was cut", found: "failed" },
  { what: "verdict on a wrong sign", found: "sign_invalid" },
];

/** What was looked at, and what was found. */
export interface Finding {
  readonly what: string;
  readonly found: unknown;
}

/**
 * Links an account by nothing but `createCloud().fetch`, in the runtime that runs this, and goes through a token's
 * life. Nothing here is of one runtime.
 */
export async function checkEmulator(): Promise<Finding[]> {
  const findings: Finding[] = [];
  const note = (what: string, found: unknown) => findings.push({ what, found });
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const cloud = createCloud();
  const dataCenter = { code: "us", openapi: `${origin}/us` } as const;
  const client = new TuyaClient({ ...seed.app, dataCenter, fetch: cloud.fetch, now });

  const code = await obtainCode({ fetch: cloud.fetch, origin, dataCenter: "us", account: ann });
  const tokens = await client.exchangeCode(code);
  note("linked account", tokens.uid);
  const names = async () => {
    const { result } = await client.forUser(ann.uid).request<{ name: string }[]>({ path: devices });
    return result.map(({ name }) => name).join(", ");
  };
  note("devices", await names());
  note("code used again", await client.exchangeCode(code).catch(({ code }: { code: string }) => code));

  ahead += 7_200_000;
  await cloud.advance(ahead);
  const signer = new Signer(seed.app);
  const call = async (path: string, accessToken?: string) => {
    const token = accessToken === undefined ? {} : { accessToken };
    const headers = signer.sign({ url: path, t: now(), ...token });
    return (await cloud.fetch(`${origin}/us${path}`, { headers })).json();
  };
  await call(devices, tokens.accessToken);
  note("verdict on the access token after two hours", (await cloud.requests()).at(-1)?.verdict);
  note("devices after a refresh", await names());
  const { refreshToken } = tokens;
  const again = buildTokenRequest({ grant: "refresh", refreshToken }).url.toString();
  note("old refresh token", (await call(again)).code);

  await cloud.fail({ body: "cut" });
  note("answer that was cut", await call(devices).catch(() => "failed"));
  await cloud.fetch(`${origin}/us${devices}`, {
    headers: { ...signer.sign({ url: "/", t: now() }), access_token: "x" },
  });
  note("verdict on a wrong sign", (await cloud.requests()).at(-1)?.verdict);
  return findings;
}

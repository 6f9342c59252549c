/** A program whose types know neither a page nor Node: what the web gives is described by the package itself. */

import { createAuthorization, parseCallback } from "tuya-auth";
import { explain } from "tuya-auth/debug";
import { TuyaStoreObject } from "tuya-auth/durable-object";
import { createCloud } from "tuya-auth/emulator";
import { TuyaCloudObject } from "tuya-auth/emulator/durable-object";
import { serveCloud } from "tuya-auth/emulator/node";
import { createAuthHandler } from "tuya-auth/handler";
import { redisStore } from "tuya-auth/redis";
import { Signer, TuyaClient } from "tuya-auth/server";

export const others = [
  explain,
  TuyaStoreObject,
  createCloud,
  TuyaCloudObject,
  serveCloud,
  createAuthHandler,
  redisStore,
];

const keys = { clientId: "id", secret: "secret" };
const { state } = createAuthorization({ ...keys, page: "p", redirectUri: "r", dataCenter: "us" });
const { code } = parseCallback("https://app.example/auth/callback/us?code=1", { state });
// @ts-expect-error: a number is neither text nor a URL
parseCallback(1, { state });
export const headers: Record<string, string> = new Signer(keys).sign({
  url: "/v1.0/a",
  body: new Uint8Array(),
});

export async function calls(): Promise<string> {
  const client = new TuyaClient({ ...keys, dataCenter: "us" });
  await client.exchangeCode(code);
  const answer = await client.fetch("/v1.0/a", { method: "POST", body: "{}" });
  const status: number = answer.status;
  // @ts-expect-error: an answer is not just anything
  answer.anything;
  return `${status} ${answer.headers.get("content-type")} ${await answer.text()}`;
}

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { TuyaContext } from "@tuya/tuya-connector-nodejs";

import { ann, bo, cloudKeys } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";

/** Tuya's own Node client 2.1.2, in simple mode: the only one it has. */
function connector({ origin }: EmulatorProcess, secretKey = cloudKeys.secret): TuyaContext {
  return new TuyaContext({ baseUrl: `${origin}/us`, accessKey: cloudKeys.clientId, secretKey });
}

const devicesOf = (uid: string) => ({ path: `/v1.0/users/${uid}/devices`, method: "GET" }) as const;

describe("the official node client", () => {
  let emulator: EmulatorProcess;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());

  it("gets a token and lists the devices of a linked user", async () => {
    const answer = await connector(emulator).request(devicesOf(ann.uid));
    assert.equal(answer.success, true);
    assert.deepEqual(
      (answer.result as { name: string }[]).map(({ name }) => name),
      ["Ann's lamp", "Ann's plug"],
    );
  });

  it("sends queries that the cloud signs alike", async () => {
    const query = { b: "a b+c&d=e/é", a: 1, empty: "" };
    assert.equal((await connector(emulator).request({ ...devicesOf(ann.uid), query })).success, true);
  });

  it("is refused the devices of a user who is not linked", async () => {
    const answer = await connector(emulator).request(devicesOf(bo.uid));
    assert.deepEqual([answer.success, answer.code], [false, 1106]);
  });

  it("is refused with 1004 when one bit of its secret is flipped", async () => {
    const last = cloudKeys.secret.length - 1;
    const flipped =
      cloudKeys.secret.slice(0, last) + String.fromCharCode(cloudKeys.secret.charCodeAt(last) ^ 1);
    await assert.rejects(connector(emulator, flipped).request(devicesOf(ann.uid)), /GET_TOKEN_FAILED 1004/);
  });

  it("survives an expired token: its refresh of the old algorithm is refused, a new token is not", async () => {
    const client = connector(emulator);
    await client.request(devicesOf(ann.uid));
    await emulator.control("expire-tokens", {});
    assert.equal((await client.request(devicesOf(ann.uid))).success, true);
    const { requests } = await emulator.control("requests");
    assert.deepEqual(
      requests.slice(-4).map(({ target, verdict }) => `${target} ${verdict}`),
      [
        `/us${devicesOf(ann.uid).path} token_expired`,
        "/us/v1.0/token/*** sign_invalid",
        "/us/v1.0/token?grant_type=1 ok",
        `/us${devicesOf(ann.uid).path} ok`,
      ],
    );
  });
});

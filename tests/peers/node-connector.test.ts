import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";

import { TuyaContext } from "@tuya/tuya-connector-nodejs";

import { ann, bo, cloudKeys } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";
import { verdicts } from "../support/verdicts.js";

const [lamp, plug] = ann.devices;
const commands = [{ code: "switch_led", value: false }];
const list = "/v1.0/iot-03/devices";
const devicesOf = (uid: string) => ({ path: `/v1.0/users/${uid}/devices`, method: "GET" }) as const;

function connector(origin: string, secretKey = cloudKeys.secret): TuyaContext {
  return new TuyaContext({ baseUrl: `${origin}/us`, accessKey: cloudKeys.clientId, secretKey });
}

/** Tuya's own Node client 2.1.2, in simple mode: the only one it has. Its base URL is the caller's to choose. */
describe("the official node client", () => {
  let emulator: EmulatorProcess;
  let client: TuyaContext;
  beforeEach(async () => {
    emulator = await startEmulator();
    client = connector(emulator.origin);
  });
  afterEach(() => emulator.stop());

  it("gets a token and lists the devices of a linked user", async () => {
    const answer = await client.request(devicesOf(ann.uid));
    assert.equal(answer.success, true);
    assert.deepEqual(
      (answer.result as { name: string }[]).map(({ name }) => name),
      ["Ann's lamp", "Ann's plug"],
    );
  });

  it("sends a command, and reads what its services read", async () => {
    const path = `/v1.0/devices/${lamp}/commands`;
    assert.equal((await client.request({ path, method: "POST", body: { commands } })).result, true);
    const of = { device_id: lamp };
    assert.deepEqual((await client.deviceStatus.status(of)).result, [
      ...commands,
      { code: "bright_value", value: 255 },
    ]);
    assert.equal((await client.device.detail(of)).result.local_key, "local-0000000001");
    assert.equal((await client.deviceFunction.devices(of)).result.functions[0]?.code, "switch_led");
    assert.equal((await client.deviceFunction.specification(of)).result.status[1]?.type, "Integer");
    assert.equal((await client.device.list({})).result.total, 2);
  });

  it("sends queries that the cloud signs alike", async () => {
    const query = { b: "a b+c&d=e/é", a: 1, empty: "" };
    assert.equal((await client.request({ ...devicesOf(ann.uid), query })).success, true);
  });

  it("is refused the devices of a user who is not linked", async () => {
    const answer = await client.request(devicesOf(bo.uid));
    assert.deepEqual([answer.success, answer.code], [false, 1106]);
  });

  it("is refused with 1004 when one bit of its secret is flipped", async () => {
    const last = cloudKeys.secret.length - 1;
    const flipped =
      cloudKeys.secret.slice(0, last) + String.fromCharCode(cloudKeys.secret.charCodeAt(last) ^ 1);
    const request = connector(emulator.origin, flipped).request(devicesOf(ann.uid));
    await assert.rejects(request, /GET_TOKEN_FAILED 1004/);
  });

  it("survives an expired token: its refresh of the old algorithm is refused, a new token is not", async () => {
    await client.request(devicesOf(ann.uid));
    await emulator.control("expire-tokens", {});
    assert.equal((await client.request(devicesOf(ann.uid))).success, true);
    assert.deepEqual(await verdicts(emulator, 4), [
      `GET /us${devicesOf(ann.uid).path} token_expired`,
      "GET /us/v1.0/token/*** sign_invalid: legacy_algorithm",
      "GET /us/v1.0/token?grant_type=1 ok",
      `GET /us${devicesOf(ann.uid).path} ok`,
    ]);
  });

  it("sends the commands of its service by GET, which no path takes", async () => {
    const answer = await client.deviceFunction.command({ device_id: lamp, commands });
    assert.deepEqual([answer.success, answer.code], [false, 1108]);
    assert.deepEqual(await verdicts(emulator, 1), [`GET /us${list}/${lamp}/commands path_invalid`]);
  });

  it("sends lists under names that the cloud does not know", async () => {
    const answer = await client.deviceStatus.statusList({ device_ids: [lamp, plug] });
    assert.deepEqual([answer.success, answer.code], [false, 1100]);
    const target = `/us${list}/status?device_ids%5B0%5D=${lamp}&device_ids%5B1%5D=${plug}`;
    assert.deepEqual(await verdicts(emulator, 1), [`GET ${target} parameter_invalid`]);
  });

  it("is refused with 1004 for a path that needs escapes: path_decoded", async () => {
    const answer = await client.request({ path: "/v1.0/devices/a%20b", method: "GET" });
    assert.deepEqual([answer.success, answer.code], [false, 1004]);
    assert.deepEqual(await verdicts(emulator, 1), ["GET /us/v1.0/devices/a%20b sign_invalid: path_decoded"]);
  });

  it("is refused with 1004 for headers of the caller's, which it names and does not sign: headers_not_signed", async () => {
    const answer = await client.request({ ...devicesOf(ann.uid), headers: { area_id: "29" } });
    assert.deepEqual([answer.success, answer.code], [false, 1004]);
    const expected = `GET /us${devicesOf(ann.uid).path} sign_invalid: headers_not_signed`;
    assert.deepEqual(await verdicts(emulator, 1), [expected]);
  });
});

describe("the official node client at a cloud that is not strict", () => {
  it("may sign a path decoded and refresh by the old algorithm", async () => {
    const emulator = await startEmulator("--lenient");
    const client = connector(emulator.origin);
    const answer = await client.request({ path: "/v1.0/devices/a%20b", method: "GET" });
    assert.equal(answer.code, 1106, "its sign is taken, its device is not there");
    assert.equal((await client.client.refreshToken()).success, true);
    assert.deepEqual(await verdicts(emulator, 1), ["GET /us/v1.0/token/*** ok"]);
    await emulator.stop();
  });
});

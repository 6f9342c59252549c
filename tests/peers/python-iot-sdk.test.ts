import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";

import { ann, bo, cloudKeys } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";
import { noPython, type PythonPeer, startPython } from "../support/python-peer.js";
import { verdicts } from "../support/verdicts.js";

interface Answer<T = unknown> {
  readonly success: boolean;
  readonly result: T;
  readonly code?: number;
}

const [lamp, plug] = ann.devices;
const login = "/us/v1.0/iot-01/associated-users/actions/authorized-login";
const devicesOf = (uid: string) => `/v1.0/users/${uid}/devices`;

/** Tuya's Python client 0.6.6 for app accounts, which logs in with their passwords. */
describe("tuya-iot-py-sdk", { skip: noPython }, () => {
  let emulator: EmulatorProcess;
  let peer: PythonPeer;
  before(() => {
    peer = startPython("iot_sdk_peer.py");
  });
  after(() => peer.stop());
  beforeEach(async () => {
    emulator = await startEmulator();
    await make("SMART_HOME");
  });
  afterEach(() => emulator.stop());

  function make(auth_type: "SMART_HOME" | "CUSTOM") {
    const { clientId, secret } = cloudKeys;
    return peer.make({
      auth_type,
      endpoint: `${emulator.origin}/us`,
      access_id: clientId,
      access_secret: secret,
    });
  }

  const connect = (account: typeof ann | typeof bo, countryCode: string) =>
    peer.call<Answer>("connect", account.name, account.password, countryCode, "Demo Home");

  it("logs in, lists the user's devices and sends a command", async () => {
    assert.equal((await connect(ann, "1")).success, true);
    assert.equal(await peer.get("token_info.uid"), ann.uid);
    const { result } = await peer.call<Answer<{ name: string }[]>>("get", devicesOf(ann.uid));
    assert.deepEqual(
      result.map(({ name }) => name),
      ["Ann's lamp", "Ann's plug"],
    );
    const off = { commands: [{ code: "switch_led", value: false }] };
    assert.equal((await peer.call<Answer>("post", `/v1.0/devices/${lamp}/commands`, off)).result, true);
    const query = { device_ids: `${lamp},${plug}` };
    const batch = await peer.call<Answer<{ devices: { status: object[] }[] }>>(
      "get",
      "/v1.0/devices/",
      query,
    );
    assert.deepEqual(batch.result.devices[0]?.status[0], off.commands[0]);
  });

  it("refreshes a minute before its clock says so", async () => {
    await connect(ann, "1");
    await peer.set("token_info.expire_time", Date.now() + 59_000);
    assert.equal((await peer.call<Answer>("get", devicesOf(ann.uid))).success, true);
    assert.deepEqual(await verdicts(emulator, 2), [
      "GET /us/v1.0/token/*** ok",
      `GET /us${devicesOf(ann.uid)} ok`,
    ]);
  });

  it("hands an expired token's refusal to its caller, and has a new one for the next call", async () => {
    await connect(ann, "1");
    await emulator.control("expire-tokens", {});
    assert.equal((await peer.call<Answer>("get", devicesOf(ann.uid))).code, 1010);
    assert.deepEqual(await verdicts(emulator, 2), [
      `GET /us${devicesOf(ann.uid)} token_expired`,
      `POST ${login} ok`,
    ]);
    assert.equal((await peer.call<Answer>("get", devicesOf(ann.uid))).success, true);
  });

  it("does not move to the data center of its user by itself", async () => {
    const source = await fetch(`${emulator.origin}/console/api/projects/demo-project/sources`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind: "user", dataCenter: "eu", uid: bo.uid }),
    });
    assert.equal(source.status, 201, await source.text());
    assert.equal((await connect(bo, "49")).success, true);
    assert.equal(await peer.get("token_info.platform_url"), `${emulator.origin}/eu`);
    assert.equal((await peer.call<Answer>("get", devicesOf(bo.uid))).code, 28841107);
    await peer.set("endpoint", await peer.get("token_info.platform_url"));
    assert.equal((await peer.call<Answer>("get", devicesOf(bo.uid))).success, true);
  });

  it("is refused a user who is not linked to the project", async () => {
    assert.equal((await connect(bo, "49")).code, 1106);
    assert.deepEqual(await verdicts(emulator, 1), [`POST ${login} permission_denied`]);
  });

  it("finds no login of industry projects, which are not emulated", async () => {
    await make("CUSTOM");
    assert.equal((await peer.call<Answer>("connect", ann.name, ann.password)).code, 1108);
  });
});

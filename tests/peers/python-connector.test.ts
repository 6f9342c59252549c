import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";

import { diagnose } from "tuya-auth/debug";

import { ann, bo, cloudKeys } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";
import { noPython, type PythonPeer, startPython } from "../support/python-peer.js";
import { verdicts } from "../support/verdicts.js";

interface Answer<T = unknown> {
  readonly success: boolean;
  readonly result: T;
  readonly code?: number;
}

const [lamp] = ann.devices;
const ofAnn = `/v1.0/users/${ann.uid}/devices`;
const commands = `/v1.0/devices/${lamp}/commands`;
const list = "/v1.0/iot-03/devices";

/** Tuya's own Python client 0.1.2, in simple mode: the only one it has. Its base URL is the caller's to choose. */
describe("tuya-connector-python", { skip: noPython }, () => {
  let emulator: EmulatorProcess;
  let peer: PythonPeer;
  before(() => {
    peer = startPython("connector_peer.py");
  });
  after(() => peer.stop());
  beforeEach(async () => {
    emulator = await startEmulator();
    const { clientId, secret } = cloudKeys;
    await peer.make({ endpoint: `${emulator.origin}/us`, access_id: clientId, access_secret: secret });
    assert.equal((await peer.call<Answer>("connect")).success, true);
  });
  afterEach(() => emulator.stop());

  /** A call, and what the cloud says of the requests that it made. */
  async function refused(
    code: number,
    expected: string[],
    call: readonly [name: string, ...args: unknown[]],
  ) {
    const answer = await peer.call<Answer>(...call);
    assert.deepEqual([answer.success, answer.code], [false, code]);
    assert.deepEqual(await verdicts(emulator, expected.length), expected);
  }

  it("lists the devices of a linked user, and of nobody else", async () => {
    const { result } = await peer.call<Answer<{ name: string; local_key: string }[]>>("get", ofAnn);
    assert.deepEqual(
      result.map(({ name, local_key }) => [name, local_key]),
      [
        ["Ann's lamp", "local-0000000001"],
        ["Ann's plug", "local-0000000002"],
      ],
    );
    const ofBo = `/v1.0/users/${bo.uid}/devices`;
    await refused(1106, [`GET /us${ofBo} permission_denied`], ["get", ofBo]);
  });

  it("sends a command", async () => {
    const off = { commands: [{ code: "switch_led", value: false }] };
    assert.equal((await peer.call<Answer>("post", commands, off)).result, true);
    const { result } = await peer.call<Answer<object[]>>("get", `${list}/${lamp}/status`);
    assert.deepEqual(result[0], off.commands[0]);
  });

  it("sends queries that the cloud signs alike", async () => {
    const query = { page_size: 5, name: "Ann's plug", category: "cz" };
    const { result } = await peer.call<Answer<{ total: number }>>("get", list, query);
    assert.equal(result.total, 1);
  });

  for (const [what, mistake, target, ...call] of [
    ["an empty object", "empty_body_signed", `POST /us${commands}`, "post", commands, {}],
    [
      "a list in a query",
      "list_value",
      `GET /us${list}?device_ids=a&device_ids=b`,
      "get",
      list,
      { device_ids: ["a", "b"] },
    ],
    [
      "a query in the path that is not sorted",
      "query_unsorted",
      `GET /us${list}?page_size=3&category=cz`,
      "get",
      `${list}?page_size=3&category=cz`,
    ],
    [
      "a path that needs escapes",
      "path_decoded",
      "GET /us/v1.0/devices/%C3%BC%20",
      "get",
      "/v1.0/devices/ü ",
    ],
  ] as const) {
    it(`is refused with 1004 for ${what}: ${mistake}`, () =>
      refused(1004, [`${target} sign_invalid: ${mistake}`], call));
  }

  it("is refused with 1004 for None in a query, which it signs and does not send: null_value", async () => {
    const query = { category: null };
    await refused(1004, [`GET /us${list} sign_invalid: `], ["get", list, query]);
    // What was left out nobody can see in the request: the diagnosis has to be told what was meant.
    const [sign, t] = await peer.call<[string, number]>("_calculate_sign", "GET", list, query);
    const access_token = await peer.get<string>("token_info.access_token");
    const headers = { client_id: cloudKeys.clientId, t: String(t), sign_method: "HMAC-SHA256", access_token };
    const { matches } = diagnose(cloudKeys, { url: list, headers, meant: { query } }, sign);
    assert.deepEqual(
      matches.map(({ mistakes }) => mistakes),
      [["null_value"]],
    );
  });

  it("cannot connect again while it has a token, which it signs on the token call", () =>
    refused(1004, ["GET /us/v1.0/token?grant_type=1 sign_invalid: token_on_token_call"], ["connect"]));

  it("hands an expired token's refusal to its caller, and has a new one for the next call", async () => {
    await emulator.control("expire-tokens", {});
    await refused(
      1010,
      [`GET /us${ofAnn} token_expired`, "GET /us/v1.0/token?grant_type=1 ok"],
      ["get", ofAnn],
    );
    assert.equal((await peer.call<Answer>("get", ofAnn)).success, true);
  });

  it("refreshes a minute before its clock says so", async () => {
    await peer.set("token_info.expire_time", Date.now() + 59_000);
    assert.equal((await peer.call<Answer>("get", ofAnn)).success, true);
    assert.deepEqual(await verdicts(emulator, 2), ["GET /us/v1.0/token/*** ok", `GET /us${ofAnn} ok`]);
  });

  it("is without a token when a refresh fails once, until it connects anew", async () => {
    await emulator.control("fail", { path: "/v1.0/token/", code: 500 });
    await peer.set("token_info.expire_time", 0);
    const expected = ["GET /us/v1.0/token/*** unavailable", `GET /us${ofAnn} token_missing`];
    await refused(1002, expected, ["get", ofAnn]);
    await refused(1002, [...expected, `GET /us${ofAnn} token_missing`], ["get", ofAnn]);
    assert.equal((await peer.call<Answer>("connect")).success, true);
    assert.equal((await peer.call<Answer>("get", ofAnn)).success, true);
  });

  it("raises an error of its own for an HTTP status that is one", async () => {
    await emulator.control("fail", { path: "/v1.0/users", status: 503 });
    await assert.rejects(
      peer.call("get", ofAnn),
      /AttributeError: 'Response' object has no attribute 'body'/,
    );
  });
});

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";

import { dataCenters } from "tuya-auth";

import { ann, cloudKeys } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";
import { noPython, type PythonPeer, startPython } from "../support/python-peer.js";
import { verdicts } from "../support/verdicts.js";

const [lamp, plug] = ann.devices;
const keys = { apiKey: cloudKeys.clientId, apiSecret: cloudKeys.secret };
const list = "/v1.0/iot-03/devices";
const statusOfLamp = `${list}/${lamp}/status`;

/** Where requests to the cloud's own hosts go instead. */
const reroute = (origin: string) =>
  JSON.stringify(
    Object.fromEntries(
      dataCenters.map(({ code, openapi }) => [new URL(openapi).hostname, `${origin}/${code}`]),
    ),
  );

/** tinytuya 1.20.0, whose class Cloud works in simple mode. Its hosts are fixed; the transport reroutes them. */
describe("tinytuya's Cloud", { skip: noPython }, () => {
  let emulator: EmulatorProcess;
  let peer: PythonPeer;
  beforeEach(async () => {
    emulator = await startEmulator();
    peer = startPython("tinytuya_peer.py", reroute(emulator.origin));
    await peer.make({ apiRegion: "us", ...keys });
  });
  afterEach(async () => {
    await peer.stop();
    await emulator.stop();
  });

  /** A request of the caller's own, and what the cloud says of it. */
  async function verdictOf(...args: unknown[]) {
    const { success } = await peer.call<{ success: boolean }>("cloudrequest", ...args);
    const [verdict] = await verdicts(emulator, 1);
    return { success, verdict };
  }

  it("lists the devices of all linked users, with their keys and data points", async () => {
    const found = await peer.call<{ name: string; key: string; mapping: object }[]>(
      "getdevices",
      false,
      [],
      true,
    );
    assert.deepEqual(
      found.map(({ name, key, mapping }) => [name, key, mapping]),
      [
        [
          "Ann's lamp",
          "local-0000000001",
          {
            1: { code: "switch_led", type: "Boolean", values: {} },
            2: {
              code: "bright_value",
              type: "Integer",
              values: { unit: "", min: 25, max: 255, scale: 0, step: 1 },
            },
          },
        ],
        [
          "Ann's plug",
          "local-0000000002",
          {
            1: { code: "switch_1", type: "Boolean", values: {} },
            2: {
              code: "countdown_1",
              type: "Integer",
              values: { unit: "s", min: 0, max: 86400, scale: 0, step: 1 },
            },
          },
        ],
      ],
    );
    assert.deepEqual(await verdicts(emulator, 6), [
      "GET /us/v1.0/token?grant_type=1 ok",
      "GET /us/v1.0/iot-01/associated-users/devices?size=50 ok",
      `GET /us/v1.3/iot-03/devices?page_size=75&source_id=${ann.uid}&source_type=tuyaUser ok`,
      `GET /us/v1.1/devices/${lamp}/specifications ok`,
      `GET /us/v1.1/devices/${plug}/specifications ok`,
      `GET /us/v1.0/devices/factory-infos?device_ids=${lamp}%2C${plug} ok`,
    ]);
  });

  it("lists the devices of the user of a device that it knows", async () => {
    await peer.make({ apiRegion: "us", ...keys, apiDeviceID: lamp });
    const found = await peer.call<{ name: string }[]>("getdevices");
    assert.deepEqual(
      found.map(({ name }) => name),
      ["Ann's lamp", "Ann's plug"],
    );
    const [, ofUser] = await verdicts(emulator, 3);
    assert.equal(ofUser, `GET /us/v1.0/users/${ann.uid}/devices ok`);
  });

  it("sends a command and reads the status, functions, specification and connection", async () => {
    const off = { commands: [{ code: "switch_led", value: false }] };
    for (const uri of ["iot-03/devices/", "devices/"]) {
      assert.equal((await peer.call<{ result: boolean }>("sendcommand", lamp, off, uri)).result, true);
    }
    const status = await peer.call<{ result: object[] }>("getstatus", lamp);
    assert.deepEqual(status.result[0], off.commands[0]);
    for (const read of ["getfunctions", "getproperties", "getdps"]) {
      const { result } = await peer.call<{ result: { functions: { code: string }[] } }>(read, lamp);
      assert.equal(result.functions[0]?.code, "switch_led", read);
    }
    assert.equal(await peer.call("getconnectstatus", lamp), true);
    const unknown = { commands: [{ code: "switch_9", value: false }] };
    assert.match(
      JSON.stringify(await peer.call("sendcommand", lamp, unknown)),
      /command or value not support/,
    );
  });

  it("finds each data center by its own name for it, and takes China for any other", async () => {
    const regions = {
      cn: "cn",
      us: "us",
      "us-e": "ueaz",
      eu: "eu",
      "eu-w": "weaz",
      in: "in",
      sg: "sg",
      ueaz: "cn",
    };
    for (const [apiRegion, code] of Object.entries(regions)) {
      await peer.make({ apiRegion, ...keys });
      assert.deepEqual(await verdicts(emulator, 1), [`GET /${code}/v1.0/token?grant_type=1 ok`], apiRegion);
    }
  });

  it("sends queries given as a dict that the cloud signs alike", async () => {
    const { success } = await verdictOf(list, null, null, { name: "Ann's lamp", category: "dj" });
    assert.equal(success, true);
  });

  for (const [what, mistake, target, ...args] of [
    [
      "a query with escapes in the URL",
      "query_encoded",
      `${list}?name=Ann%27s%20lamp`,
      `${list}?name=Ann%27s%20lamp`,
    ],
    [
      "a query as a list of pairs",
      "query_encoded",
      `${list}?name=Ann%27s%20lamp`,
      list,
      null,
      null,
      [["name", "Ann's lamp"]],
    ],
    [
      "a query in the URL that is not sorted",
      "query_unsorted",
      `${list}?size=2&category=dj`,
      `${list}?size=2&category=dj`,
    ],
    [
      "a list in a query",
      "list_value",
      `${list}?device_ids=a&device_ids=b`,
      list,
      null,
      null,
      { device_ids: ["a", "b"] },
    ],
    ["a path that needs escapes", "path_decoded", "/v1.0/devices/a%20b", "/v1.0/devices/a b"],
  ] as const) {
    it(`is refused with 1004 for ${what}: ${mistake}`, async () => {
      const verdict = `GET /us${target} sign_invalid: ${mistake}`;
      assert.deepEqual(await verdictOf(...args), { success: false, verdict });
    });
  }

  it("renews a token that is unknown, and never one that has expired: it looks for the words", async () => {
    await peer.set("token", "replaced by another client's refresh");
    assert.ok("result" in (await peer.call<object>("getstatus", lamp)));
    assert.deepEqual(await verdicts(emulator, 3), [
      `GET /us${statusOfLamp} token_expired`,
      "GET /us/v1.0/token?grant_type=1 ok",
      `GET /us${statusOfLamp} ok`,
    ]);
    await emulator.control("expire-tokens", {});
    for (let at = 0; at < 2; at++) {
      assert.match(JSON.stringify(await peer.call("getstatus", lamp)), /token is expired/);
      assert.deepEqual(await verdicts(emulator, 1), [`GET /us${statusOfLamp} token_expired`]);
    }
  });

  it("sends the secret itself with each token call", async () => {
    await peer.call("getstatus", lamp);
    const sent = await peer.call<{ url: string; headers: string[] }[]>("sent");
    assert.deepEqual(
      sent.map(({ url, headers }) => [new URL(url).pathname, headers.includes("secret")]),
      [
        ["/v1.0/token", true],
        [statusOfLamp, false],
      ],
    );
    const records = JSON.stringify(await emulator.control("requests"));
    assert.ok(!records.includes(cloudKeys.secret), "what the cloud records of it has no secret");
  });

  it("is refused with 1004 by the old algorithm", async () => {
    await peer.make({ apiRegion: "us", ...keys, new_sign_algorithm: false });
    assert.match(JSON.stringify(await peer.get("error")), /sign invalid/);
    const [verdict] = await verdicts(emulator, 1);
    assert.equal(verdict, "GET /us/v1.0/token?grant_type=1 sign_invalid: legacy_algorithm");
  });
});

describe("tinytuya's Cloud at a cloud that is not strict", { skip: noPython }, () => {
  it("works by the old algorithm", async () => {
    const emulator = await startEmulator("--lenient");
    const peer = startPython("tinytuya_peer.py", reroute(emulator.origin));
    await peer.make({ apiRegion: "us", ...keys, new_sign_algorithm: false });
    const off = { commands: [{ code: "switch_led", value: false }] };
    assert.equal((await peer.call<{ result: boolean }>("sendcommand", lamp, off)).result, true);
    assert.equal((await peer.call<object[]>("getdevices")).length, 2);
    await peer.stop();
    await emulator.stop();
  });
});

import { seed, useCloud } from "tuya-auth/emulator/vitest";
import { TuyaClient } from "tuya-auth/server";
import { expect, test } from "vitest";

import { checkServer } from "../checks/server.js";

const { SETTINGS, EXPECTED } = process.env;
const emulator = useCloud();

test("signs, and links an account", async () => {
  expect(await checkServer(JSON.parse(SETTINGS))).toEqual(JSON.parse(EXPECTED));
});

test("calls a cloud of its own", async () => {
  const client = new TuyaClient({
    ...seed.cloud,
    dataCenter: { code: "us", openapi: emulator.openapi("us") },
  });
  const { result } = await client.request({ path: `/v1.0/devices/${seed.accounts.ann.devices[0]}` });
  expect(result.name).toBe("Ann's lamp");
});

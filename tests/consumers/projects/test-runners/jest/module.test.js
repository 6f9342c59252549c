import { expect, test } from "@jest/globals";

import { checkServer } from "../checks/server.js";

const { SETTINGS, EXPECTED } = process.env;

test("signs, and links an account", async () => {
  expect(await checkServer(JSON.parse(SETTINGS))).toEqual(JSON.parse(EXPECTED));
});

const { expect, test } = require("@jest/globals");
const { TuyaAuthError } = require("tuya-auth");

const { checkServer } = require("../checks/server.js");

const { SETTINGS, EXPECTED } = process.env;

test("signs, and links an account", async () => {
  expect(TuyaAuthError).toBe(require("tuya-auth/server").TuyaAuthError);
  expect(await checkServer(JSON.parse(SETTINGS))).toEqual(JSON.parse(EXPECTED));
});

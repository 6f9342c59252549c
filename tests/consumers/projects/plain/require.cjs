const assert = require("node:assert/strict");

const required = require("tuya-auth/server");
const { checkServer } = require("./checks/server.js");

main();

async function main() {
  const imported = await import("tuya-auth/server");
  assert.equal(required.TuyaAuthError, imported.TuyaAuthError, "one class, however it is loaded");
  console.log(JSON.stringify(await checkServer(JSON.parse(process.argv[2]))));
}

/**
 * A cloud that checks nothing and answers at once, so that what is measured is the worker. A process of its own: it
 * writes its port when it listens.
 */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";

import { ann } from "../../tests/support/demo-seed.js";
import { devices } from "./answers.js";

const result = {
  access_token: "a".repeat(32),
  refresh_token: "r".repeat(32),
  expire_time: 7200,
  uid: ann.uid,
};
const server = createServer((request, response) => {
  const answer = request.url?.startsWith("/v1.0/token") ? result : devices;
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ success: true, t: Date.now(), tid: "0".repeat(32), result: answer }));
}).listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

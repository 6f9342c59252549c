import assert from "node:assert/strict";
import { request } from "node:http";
import { after, describe, it } from "node:test";
import { TuyaCloudObject } from "tuya-auth/emulator/durable-object";
import { TuyaClient } from "tuya-auth/server";

import { type CloudWorker, cloudWorker } from "../support/cloud-object.js";
import { obtainCode } from "../support/consent.js";
import { ann, appKeys } from "../support/demo-seed.js";

describe("TuyaCloudObject on workerd", () => {
  const workers: CloudWorker[] = [];
  after(() => Promise.all(workers.map((worker) => worker.remove())));
  const make = async (environment?: Record<string, string>) => {
    const worker = await cloudWorker(environment);
    workers.push(worker);
    return worker;
  };

  it("links an account, lets one of many have a code, and goes on from its storage", async () => {
    const worker = await make();
    const first = await worker.start();
    const clientAt = (origin: string) =>
      new TuyaClient({ ...appKeys, dataCenter: { code: "us", openapi: `${origin}/us` } });
    const code = await obtainCode({ fetch, origin: first.origin, dataCenter: "us", account: ann });
    const exchanges = await Promise.allSettled(
      Array.from({ length: 20 }, () => clientAt(first.origin).exchangeCode(code)),
    );
    const [won, ...more] = exchanges.filter((exchange) => exchange.status === "fulfilled");
    assert.ok(won !== undefined && more.length === 0, "a code works once");
    await first.running.stop();

    const second = await worker.start();
    const client = clientAt(second.origin);
    await client.importTokens(won.value);
    const { result } = await client
      .forUser(ann.uid)
      .request<object[]>({ path: `/v1.0/users/${ann.uid}/devices` });
    assert.equal(result.length, 2);
    await assert.rejects(client.exchangeCode(code), { code: "code_invalid" });
    await second.running.stop();
  });

  it("answers to the names and asks for the token that its environment says", async () => {
    const environment = { TUYA_EMULATOR_HOSTS: "cloud.test, other.test", TUYA_EMULATOR_TOKEN: "t0ken" };
    const { origin, running } = await (await make(environment)).start();
    const status = (host: string, token?: string) =>
      new Promise((resolve, reject) => {
        const headers = { host, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
        const sent = request(`${origin}/control/requests`, { headers }, (answer) =>
          resolve(answer.statusCode),
        );
        sent.once("error", reject).end();
      });
    assert.equal(await status("other.test"), 401);
    assert.equal(await status("other.test", "t0ken"), 200);
    assert.equal(await status("foreign.test", "t0ken"), 421);
    await running.stop();
  });
});

describe("TuyaCloudObject", () => {
  it("refuses names that others can reach without a token", () => {
    const sql = { exec: () => ({ toArray: () => [] }) };
    const state = { storage: { sql, transactionSync: (change: () => void) => change() } };
    const environment = { TUYA_EMULATOR_HOSTS: "cloud.test" };
    assert.throws(() => new TuyaCloudObject(state, environment), {
      code: "invalid_argument",
      message: /token/,
    });
    assert.ok(new TuyaCloudObject(state, {}));
    assert.throws(() => new TuyaCloudObject(state, {}, { hosts: ["cloud.test"] }), {
      code: "invalid_argument",
    });
  });
});

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createCloud } from "tuya-auth/emulator";
import { TuyaClient } from "tuya-auth/server";

import { obtainCode } from "../support/consent.js";
import { callConsole as send } from "../support/console.js";

const origin = "http://localhost";

describe("the console's JSON", () => {
  it("makes a second project, through which another app's account is linked", async () => {
    const cloud = createCloud();
    const { id } = await send(cloud, "POST", "/projects", { name: "Second" });
    const app = {
      kind: "app",
      platform: "ios",
      bundleIdentifier: "com.example.two",
      applicationName: "Home Two",
    };
    const keys = await send(cloud, "POST", `/projects/${id}/authorizations`, app);
    const redirectUri = "https://app.example/callback/weaz";
    const callbacks = { weaz: redirectUri };
    await send(cloud, "PUT", `/projects/${id}/oauth`, { enabled: true, authorizationId: keys.id, callbacks });
    const account = { dataCenter: "weaz", name: "cat@example.com", password: "cat-password" };
    const { uid } = await send(cloud, "POST", "/accounts", { ...account, app: "Home Two" });
    const lamp = { dataCenter: "weaz", uid, name: "Cat's lamp", category: "dj", product_id: "lamp" };
    const status = [{ code: "switch_led", value: true }];
    const device = await send(cloud, "POST", "/devices", { ...lamp, status });

    const { clientId, secret } = keys;
    const client = { clientId, redirectUri };
    const code = await obtainCode({ fetch: cloud.fetch, origin, dataCenter: "weaz", account, client });
    const dataCenter = { code: "weaz", openapi: `${origin}/weaz` };
    const tuya = new TuyaClient({ clientId, secret, dataCenter, fetch: cloud.fetch });
    assert.equal((await tuya.exchangeCode(code)).uid, uid);
    const path = `/v1.0/users/${uid}/devices`;
    const { result } = await tuya
      .forUser(uid)
      .request<{ id: string; local_key: string; status: unknown }[]>({ path });
    assert.deepEqual(
      result.map(({ id, local_key, status }) => ({ id, local_key, status })),
      [{ id: device.id, local_key: device.local_key, status }],
    );

    const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, state: "any" });
    const elsewhere = await cloud.fetch(`${origin}/us/d/login?${query}`);
    assert.equal(elsewhere.status, 400, "the second project has no callback for us");
    await send(cloud, "PUT", `/projects/${id}/packages`, { pid: true, app: true, user: false });
    await assert.rejects(tuya.forUser(uid).request({ path }), { code: "permission_denied" });
  });

  it("says what it refuses, and does nothing", async () => {
    const cloud = createCloud();
    const before = await cloud.snapshot();
    const target = `${origin}/console/api/projects/demo-project/authorizations/demo-app`;
    const headers = { "content-type": "application/json" };
    const response = await cloud.fetch(target, { method: "DELETE", headers });
    const answer = { error: "authorization_undeletable", message: "An authorization cannot be deleted." };
    assert.deepEqual({ status: response.status, ...(await response.json()) }, { status: 409, ...answer });
    assert.equal((await cloud.fetch(target, { method: "HEAD" })).status, 200);
    assert.deepEqual(await cloud.snapshot(), before);
  });
});

import { memoryStore, TuyaAuthError } from "tuya-auth/server";

import { devices, LIFETIME, openapi, Scenario } from "../../support/client-scenario.js";
import { ann, appKeys, cloudKeys } from "../../support/demo-seed.js";
import { caught, equal, match, ok, refuses } from "../assert.js";
import { check, type Group } from "../group.js";

interface Device {
  readonly name: string;
}

const annsDevices = ["Ann's lamp", "Ann's plug"];
const namesOf = ({ result }: { result: readonly Device[] }) => result.map(({ name }) => name);

/** `TuyaClient` against the cloud in process. */
export const client: Group = {
  name: "client",
  checks: [
    check("gets one token for many calls of the project itself", async () => {
      const scenario = new Scenario();
      const one = scenario.client(cloudKeys);
      for (let call = 0; call < 2; call += 1)
        equal(namesOf(await one.request<Device[]>(devices)), annsDevices);
      const call = `GET ${devices.path} ok`;
      equal(await scenario.calls(), ["GET /v1.0/token ok", call, call]);
    }),
    check("exchanges a code, stores the tokens, and calls for that user", async () => {
      const scenario = new Scenario();
      const one = scenario.client();
      const { uid, dataCenter, expiresAt } = await one.exchangeCode(await scenario.code());
      equal(
        { uid, dataCenter, expiresAt },
        { uid: ann.uid, dataCenter: "us", expiresAt: scenario.time + LIFETIME },
      );
      equal(namesOf(await one.forUser(uid).request<Device[]>(devices)), annsDevices);
    }),
    check("refuses a code that is spent, by an error with what to do", async () => {
      const scenario = new Scenario();
      const code = await scenario.code();
      await scenario.client().exchangeCode(code);
      const error = await caught(() => scenario.client().exchangeCode(code));
      ok(error instanceof TuyaAuthError, `${error} is no TuyaAuthError`);
      if (!(error instanceof TuyaAuthError)) return;
      equal([error.code, error.retryable, error.tuya?.code], ["code_invalid", false, 1107]);
      ok((error.action ?? "").length > 0, "no action");
    }),
    check("refreshes once for calls at the same time", async () => {
      const scenario = new Scenario();
      const one = scenario.client();
      await one.exchangeCode(await scenario.code());
      scenario.time += LIFETIME;
      const calls = Array.from({ length: 5 }, () => one.forUser(ann.uid).request<Device[]>(devices));
      for (const answer of await Promise.all(calls)) equal(namesOf(answer), annsDevices);
      equal(await scenario.refreshes(), 1, "refreshes");
    }),
    check("asks to link again when the refresh token is spent by somebody else", async () => {
      const scenario = new Scenario();
      const one = scenario.client();
      const stranger = scenario.client({ store: memoryStore() });
      await stranger.importTokens(await one.exchangeCode(await scenario.code()));
      await stranger.refresh(ann.uid);
      const call = () => one.forUser(ann.uid).request(devices);
      await refuses(call, "TuyaAuthError", "relink_required");
      const asked = (await scenario.calls()).length;
      await refuses(call, "TuyaAuthError", "relink_required");
      equal((await scenario.calls()).length, asked, "calls");
    }),
    check("sends what it signs: queries, bodies of every kind, fetch", async () => {
      const scenario = new Scenario();
      const one = scenario.client(cloudKeys);
      const path = "/v1.0/things";
      const bodies = [
        { a: ["ü", null] },
        "text",
        new TextEncoder().encode("bytes"),
        new URLSearchParams("b=2&a=1 1"),
      ];
      for (const body of bodies) {
        const query = { ids: ["a b", "c&d"], "k ü": 1, none: undefined };
        await refuses(
          () => one.request({ method: "POST", path, query, body }),
          "TuyaAuthError",
          "path_invalid",
        );
      }
      const answer = await one.fetch(`${openapi}${devices.path}`);
      equal([answer.status, namesOf(await answer.json())], [200, annsDevices]);
    }),
    check("keeps tokens sealed, by this runtime's WebCrypto", async () => {
      const scenario = new Scenario();
      const store = memoryStore();
      const encryptionKeys = ["A".repeat(43)];
      const tokens = await scenario.client({ store, encryptionKeys }).exchangeCode(await scenario.code());
      const kept = (await store.get(`token:${appKeys.clientId}:us:user:${ann.uid}`))?.value;
      match(kept, /^sealed1\.[\w-]{8}\.[\w-]+$/, "record");
      ok(!kept?.includes(tokens.accessToken), "the token can be read");
      const other = scenario.client({ store, encryptionKeys });
      equal(namesOf(await other.forUser(ann.uid).request<Device[]>(devices)), annsDevices);
    }),
    check("gives up after its time-out", async () => {
      const scenario = new Scenario();
      const one = scenario.client({ ...cloudKeys, timeout: 20 });
      await scenario.cloud.fail({ delayMs: 2_000, times: 9 });
      await refuses(() => one.request({ ...devices, method: "POST", body: {} }), "TuyaAuthError", "timeout");
    }),
  ],
};

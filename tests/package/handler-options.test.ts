import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type AuthHandlerOptions, createAuthHandler } from "tuya-auth/handler";
import { memoryStore } from "tuya-auth/server";

import { cloudOrigin } from "../support/app.js";
import { appKeys } from "../support/demo-seed.js";

const good: AuthHandlerOptions = {
  ...appKeys,
  origin: "https://app.example",
  store: memoryStore(),
  dataCenters: { us: { page: `${cloudOrigin}/us/d/login` } },
};

/** Asserts that each of the values is refused in the option's place, with this code. */
function refuses(option: string, code: string, values: readonly unknown[]): void {
  for (const value of values) {
    const options = { ...good, [option]: value } as AuthHandlerOptions;
    const named = `${option}: ${JSON.stringify(value)}`;
    assert.throws(() => createAuthHandler(options), { name: "TypeError", code }, named);
  }
}

describe("createAuthHandler", () => {
  it("takes good options", () => {
    createAuthHandler(good);
    createAuthHandler({
      ...good,
      origin: "http://localhost:8788",
      basePath: "/account/link",
      errorPath: "/?a=b",
    });
    createAuthHandler({ ...good, origin: "http://127.0.0.1:8788", session: { idle: 1000, max: 2000 } });
  });

  it("wants the origin as browsers write it, https or on loopback", () => {
    const unclear = [
      "https://app.example/",
      "https://app.example/a",
      "https://App.example",
      "app.example",
      "",
      1,
    ];
    refuses("origin", "invalid_url", [
      ...unclear,
      "https://app.example:443",
      "https://a@app.example",
      undefined,
    ]);
    refuses("origin", "insecure_url", ["http://app.example", "http://localhost.example"]);
  });

  it("wants keys, a store and a data center", () => {
    refuses("clientId", "invalid_client_id", ["", " demo", undefined]);
    refuses("secret", "invalid_secret", ["", "secret\n", undefined]);
    refuses("store", "invalid_argument", [undefined, null, "memory"]);
    refuses("dataCenters", "invalid_argument", [undefined, {}, { us: undefined }, { us: 1 }]);
    refuses("dataCenters", "invalid_data_center", [{ xx: { page: `${cloudOrigin}/d/login` } }]);
    refuses("dataCenters", "insecure_url", [{ us: { page: "http://cloud.example/d/login" } }]);
    refuses("dataCenters", "invalid_url", [{ us: { page: "/d/login" } }, { us: {} }]);
    const page = `${cloudOrigin}/us/d/login`;
    refuses("dataCenters", "insecure_url", [{ us: { page, openapi: "http://cloud.example" } }]);
    refuses("dataCenters", "invalid_argument", [{ us: { page, callback: "browser" } }]);
  });

  it("wants paths of the origin", () => {
    refuses("basePath", "invalid_argument", [
      "",
      "/",
      "auth",
      "/auth/",
      "//auth",
      "/au th",
      "/a/../b",
      "/a%20",
      1,
    ]);
    refuses("errorPath", "invalid_argument", [
      "",
      "problem",
      "//evil.example",
      "https://evil.example/",
      "/\\evil",
    ]);
  });

  it("wants functions and times where they are", () => {
    for (const option of ["subject", "onLinked", "onEvent", "now", "fetch"])
      refuses(option, "invalid_argument", [1]);
    refuses("session", "invalid_argument", [
      { idle: 0 },
      { max: -1 },
      { idle: "1 day" },
      { max: Number.NaN },
    ]);
    refuses("timeout", "invalid_argument", [0, -1, "10 s"]);
  });

  it("refuses calls that could reach a token, log a user in, or name another user", () => {
    const token = ["GET /v1.0/token", "GET /v1.0/token/{refresh}", "GET /v2.0/token", "GET /v1.0/TOKEN"];
    const hidden = ["GET /v1.0/{a}", "GET /v1.0/{a}/{b}", "GET /{v}/token", "GET /{v}/{a}"];
    const login = [
      "POST /v1.0/iot-01/associated-users/actions/authorized-login",
      "POST /v1.0/apps/x/login-by-code",
    ];
    const other = ["GET /v1.0/users/{user}/devices"];
    refuses(
      "api",
      "invalid_argument",
      [...token, ...hidden, ...login, ...other].map((pattern) => [pattern]),
    );
  });

  it("refuses patterns of another form", () => {
    const bad = [
      "",
      "/v1.0/devices",
      "GET v1.0/devices",
      "get /v1.0/devices",
      "TRACE /v1.0/devices",
      "GET  /v1.0/devices",
      "GET /v1.0/devices?x=1",
      "GET /v1.0/devices/",
      "GET /v1.0//devices",
      "GET /v1.0/../devices",
      "GET /v1.0/./devices",
      "GET /v1.0/de%76ices",
      "GET /v1.0/devices/{}",
      "GET /v1.0/devices/{a-b}",
      "GET /v1.0/devices/x{a}",
      "GET /v1.0/devices/*",
    ];
    refuses("api", "invalid_argument", [
      ...bad.map((pattern) => [pattern]),
      [{}],
      [1],
      [null],
      "GET /v1.0/devices",
    ]);
  });
});

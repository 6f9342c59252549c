import * as page from "tuya-auth";
import * as debug from "tuya-auth/debug";
import * as server from "tuya-auth/server";

import { equal, ok } from "../assert.js";
import { check, type Group } from "../group.js";

const request = { page: "https://pages.test/", clientId: "client", redirectUri: "https://app.test/" };

/** Modules are compiled at first use, whether that waits for them or not. Runs before all others. */
export const loading: Group = {
  name: "loading",
  checks: [
    check("the page's module is ready at a first call that does not wait", () => {
      const { state } = page.createAuthorization({ ...request, dataCenter: "us" });
      equal(page.parseCallback(`code=1&state=${state}`, { state }).code, "1");
    }),
    check("the server's module is waited for, by many at once, and once more", async () => {
      await Promise.all([server.ready(), server.ready()]);
      const headers = new server.Signer({ clientId: "client", secret: "secret" }).sign({ url: "/" });
      equal(headers.sign.length, 64);
      await server.ready();
    }),
    check("the debug module is ready at a first call", () => {
      equal(debug.explain({ clientId: "client", secret: "secret" }, { url: "/a" }).canonicalUrl, "/a");
    }),
    check("all entries share one TuyaAuthError and one table of data centers", () => {
      ok(page.TuyaAuthError === server.TuyaAuthError, "two classes of TuyaAuthError");
      ok(page.dataCenters === server.dataCenters, "two tables of data centers");
      ok(page.allowInsecure === server.allowInsecure, "two symbols allowInsecure");
    }),
  ],
};

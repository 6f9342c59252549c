/** The demo's settings for the real cloud. Nothing here reaches it: the worker is served, and nobody logs in. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { startDemo, steps } from "./demo-process.js";

const project = {
  TUYA_CLIENT_ID: "realcloudclientid000",
  TUYA_CLIENT_SECRET: "realcloudsecret0000000000000001x",
  TUYA_AUTHORIZATION_PAGE: "https://login.example.com/d/login",
  TUYA_DATA_CENTER: "eu",
  TUYA_ORIGIN: "https://link.example.com",
};

describe("demo with a project of the real cloud", () => {
  it("serves the same worker and page, and says which callback URL to register", async () => {
    let location: Promise<string | null> | undefined;
    const demo = startDemo(["--json"], project, (line, { child, lines }) => {
      if ((JSON.parse(line) as { step: string }).step !== "page") return;
      const { url } = JSON.parse(lines[1] ?? "") as { url: string };
      location = fetch(`${url}/auth/login/eu`, { redirect: "manual" }).then((response) => {
        child.kill("SIGTERM");
        return response.headers.get("Location");
      });
    });
    assert.equal(await demo.ended, 0, demo.errors());
    const printed = steps(demo);
    assert.deepEqual(
      printed.map(({ step, ok }) => [step, ok]),
      [
        ["register", true],
        ["worker", true],
        ["page", true],
      ],
    );
    assert.equal(printed[0]?.callback, "https://link.example.com/auth/callback/eu");
    assert.ok(!demo.lines.join("\n").includes(project.TUYA_CLIENT_SECRET));
    const login = new URL((await location) ?? "");
    assert.equal(`${login.origin}${login.pathname}`, project.TUYA_AUTHORIZATION_PAGE);
    assert.equal(login.searchParams.get("client_id"), project.TUYA_CLIENT_ID);
    assert.equal(login.searchParams.get("redirect_uri"), printed[0]?.callback);
  });

  it("names every variable that is missing", async () => {
    const { TUYA_CLIENT_SECRET, TUYA_ORIGIN, ...some } = project;
    const demo = startDemo(["--json"], some);
    assert.equal(await demo.ended, 1);
    assert.match(demo.errors(), /set TUYA_CLIENT_SECRET, TUYA_ORIGIN as well/);
    assert.ok(!demo.errors().includes(TUYA_CLIENT_SECRET) && !demo.errors().includes(TUYA_ORIGIN));
  });

  it("refuses addresses that are neither https nor on loopback", async () => {
    const demo = startDemo(["--json"], { ...project, TUYA_ORIGIN: "http://link.example.com" });
    assert.equal(await demo.ended, 1);
    const last = steps(demo).at(-1);
    assert.deepEqual([last?.step, last?.ok, last?.code], ["register", false, "insecure_url"]);
  });

  it("refuses a data center that does not exist", async () => {
    const demo = startDemo(["--json"], { ...project, TUYA_DATA_CENTER: "mars" });
    assert.equal(await demo.ended, 1);
    assert.equal(steps(demo).at(-1)?.code, "invalid_data_center");
  });

  it("does not take --once, which links a demo account", async () => {
    const demo = startDemo(["--once", "--json"], project);
    assert.equal(await demo.ended, 1);
    assert.match(demo.errors(), /--once links the local demo account/);
  });
});

/** The demo's program from the outside: what it prints, how it ends, and that nothing of it stays behind. */

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, it } from "node:test";

import { readLocalSecrets } from "../../www/demo/wrangler.js";
import { isAlive, startDemo, steps } from "./demo-process.js";

const everyStep = [
  "cloud",
  "worker",
  "page",
  "login",
  "consent",
  "callback",
  "exchange",
  "call",
  "refresh",
  "done",
];

describe("demo --once", () => {
  it("links the demo account, every step in order, and leaves no process", async () => {
    const demo = startDemo(["--once", "--json"]);
    const status = await demo.ended;
    const printed = steps(demo);
    assert.deepEqual(
      printed.map(({ step, ok }) => [step, ok]),
      everyStep.map((step) => [step, true]),
      demo.lines.join("\n"),
    );
    assert.equal(printed.at(-1)?.uid, "az1700000000000Ann01");
    assert.equal(status, 0);
    assert.equal(demo.errors(), "");
    const pids = printed.flatMap(({ pid }) => pid ?? []);
    assert.equal(pids.length, 2);
    assert.deepEqual(pids.filter(isAlive), []);
  });

  it("prints for people without a secret", async () => {
    const demo = startDemo(["--once"]);
    assert.equal(await demo.ended, 0, demo.lines.join("\n"));
    const { TUYA_CLIENT_SECRET } = await readLocalSecrets();
    const text = demo.lines.join("\n");
    assert.equal(demo.lines.length, everyStep.length);
    assert.ok(demo.lines.every((line) => line.startsWith("ok ")));
    assert.ok(!text.includes(TUYA_CLIENT_SECRET));
    assert.doesNotMatch(text, /[?&](code|state)=/);
  });

  it("fails with the step's name when the cloud ends before it", async () => {
    const demo = startDemo(["--once", "--json"], {}, (line) => {
      const { step, pid } = JSON.parse(line) as { step: string; pid?: number };
      if (step === "cloud" && pid !== undefined) process.kill(pid, "SIGTERM");
    });
    assert.equal(await demo.ended, 1);
    const last = steps(demo).at(-1);
    assert.deepEqual([last?.step, last?.ok, last?.code], ["login", false, "network_error"]);
  });
});

describe("demo that serves", () => {
  it("serves the page after the link until it is interrupted", async () => {
    let served: Promise<number> | undefined;
    const demo = startDemo(["--json"], {}, (line, { child, lines }) => {
      const { step } = JSON.parse(line) as { step: string };
      if (step !== "done") return;
      const { url } = JSON.parse(lines[1] ?? "") as { url: string };
      served = fetch(url).then((response) => {
        child.kill("SIGINT");
        return response.status;
      });
    });
    assert.equal(await demo.ended, 0);
    assert.equal(await served, 200);
    assert.deepEqual(
      steps(demo)
        .flatMap(({ pid }) => pid ?? [])
        .filter(isAlive),
      [],
    );
  });

  it("names the option when a port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as { port: number };
    for (const option of ["--cloud-port", "--worker-port"]) {
      const demo = startDemo(["--once", `${option}=${port}`]);
      assert.equal(await demo.ended, 1);
      const said = `${demo.lines.join("\n")}${demo.errors()}`;
      assert.match(
        said,
        new RegExp(`Port ${port} of this machine is taken. Choose another one with ${option}`),
      );
    }
    taken.close();
  });

  it("refuses options that it does not know", async () => {
    const demo = startDemo(["--twice"]);
    assert.equal(await demo.ended, 1);
    assert.match(demo.errors(), /--twice.*See --help/);
    assert.deepEqual(demo.lines, []);
  });
});

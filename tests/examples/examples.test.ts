import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

import { Browser } from "../../www/demo/browser.js";
import { linkedUser, linkStylesAt, obtain } from "../support/link-styles.js";
import { absent, type RuntimeName, runtime } from "../support/runtimes.js";
import { type RunningExample, root, startExample } from "./example-process.js";

interface Example {
  readonly name: string;
  readonly runtime: RuntimeName;
  /** What is run before it, once. */
  readonly build?: () => Promise<unknown>;
  readonly args: (port: number) => readonly string[];
  readonly folder?: string;
  readonly listening?: RegExp;
}

const next = "node_modules/next/dist/bin/next";

const examples: readonly Example[] = [
  { name: "node:http", runtime: "node", args: () => ["examples/node/server.js"] },
  { name: "Hono", runtime: "node", args: () => ["examples/hono/server.js"] },
  {
    name: "Deno.serve",
    runtime: "deno",
    args: () => ["run", "--allow-env", "--allow-net", "--allow-read", "examples/deno/server.ts"],
  },
  { name: "Bun.serve", runtime: "bun", args: () => ["examples/bun/server.ts"] },
  {
    name: "a route handler of Next",
    runtime: "node",
    build: () => promisify(execFile)(process.execPath, [next, "build"], { cwd: `${root}examples/next` }),
    args: (port) => [next, "start", "--hostname=127.0.0.1", `--port=${port}`],
    folder: "examples/next",
    listening: /Ready in/,
  },
];

for (const { name, build, args, folder, listening = /^listening on /, ...example } of examples) {
  describe(`the handler in the example for ${name}`, { skip: absent(example.runtime) }, () => {
    let running: RunningExample;
    before(async () => {
      await build?.();
      const program = runtime(example.runtime) ?? "";
      const command = (port: number) => ({ program, args: args(port), ...(folder && { folder }) });
      running = await startExample(command, listening);
    });
    after(() => running.stop());

    for (const index of [0, 1] as const) {
      const who = ["the handler", "the page"][index];
      it(`links an account whose code ${who} takes, calls for it, and unlinks it`, async () => {
        const { origin, cloud } = running;
        const home = `${origin}/`;
        const style = linkStylesAt(origin, cloud.origin)[index];
        const browser = new Browser();
        const answer = await style.deliver(browser, await obtain(style, browser));
        assert.ok(answer.status === 200 || answer.redirect === home, `${answer.text}\n${running.output()}`);
        assert.equal(await linkedUser(browser, origin), style.account.uid);

        const devices = await browser.fetch(home, "GET", "/auth/api/v1.0/users/me/devices");
        assert.equal(devices.status, 200, devices.text);
        assert.equal((devices.json() as { result: unknown[] }).result.length, 2);
        assert.doesNotMatch(devices.text, /local_key/);

        const refused = await browser.fetch(home, "POST", "/auth/api/v1.0/users/me/devices", { a: 1 });
        assert.equal(refused.status, 403);
        assert.equal((await browser.fetch(home, "POST", "/auth/unlink")).status, 204);
        assert.equal(await linkedUser(browser, origin), undefined);
      });
    }

    it("answers HEAD, what is no route, and who comes from elsewhere", async () => {
      const { origin } = running;
      const head = await fetch(`${origin}/auth/session`, { method: "HEAD" });
      assert.equal(head.status, 200);
      assert.equal(await head.text(), "");
      assert.equal((await fetch(`${origin}/auth/nothing`)).status, 404);
      const foreign = { method: "POST", headers: { Origin: "https://evil.example" } };
      assert.equal((await fetch(`${origin}/auth/logout`, foreign)).status, 403);
    });
  });
}

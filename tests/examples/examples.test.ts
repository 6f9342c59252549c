import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

import { Browser } from "../../www/demo/browser.js";
import { absent, type RuntimeName, runtime } from "../runtimes/programs.js";
import { callConsole } from "../support/console.js";
import { linkedUser, linkStylesAt, obtain } from "../support/link-styles.js";
import { edgeModules } from "../support/next-edge.js";
import { type RunningExample, root, startExample } from "./example-process.js";

interface Example {
  readonly name: string;
  readonly runtime: RuntimeName;
  /** What is run before it, once. */
  readonly build?: () => Promise<unknown>;
  readonly args: (port: number) => readonly string[];
  readonly folder?: string;
  readonly listening?: RegExp;
  /** The path of the handler's routes, where it is not the one of the registered callbacks. */
  readonly base?: string;
  /** Where it runs on Next's edge runtime, the name of its route. */
  readonly edgeRoute?: string;
}

const next = "node_modules/next/dist/bin/next";

/** An application of Next has several routes, and is built for the first of them that is tested. */
let built: Promise<unknown> | undefined;

const nextApplication = {
  runtime: "node",
  build() {
    built ??= promisify(execFile)(process.execPath, [next, "build"], { cwd: `${root}examples/next` });
    return built;
  },
  args: (port: number) => [next, "start", "--hostname=127.0.0.1", `--port=${port}`],
  folder: "examples/next",
  listening: /Ready in/,
} as const;

const examples: readonly Example[] = [
  { name: "node:http", runtime: "node", args: () => ["examples/node/server.js"] },
  { name: "Hono", runtime: "node", args: () => ["examples/hono/server.js"] },
  {
    name: "Deno.serve",
    runtime: "deno",
    args: () => ["run", "--allow-env", "--allow-net", "--allow-read", "examples/deno/server.ts"],
  },
  { name: "Bun.serve", runtime: "bun", args: () => ["examples/bun/server.ts"] },
  { name: "a route handler of Next", ...nextApplication },
  {
    name: "a route handler of Next on its edge runtime",
    ...nextApplication,
    base: "/edge",
    edgeRoute: "/edge/[...segments]",
  },
];

for (const example of examples) {
  const { name, build, args, folder, listening = /^listening on /, base = "/auth" } = example;
  describe(`the handler in the example for ${name}`, { skip: absent(example.runtime) }, () => {
    let running: RunningExample;
    before(async () => {
      await build?.();
      const program = runtime(example.runtime) ?? "";
      const command = (port: number) => ({ program, args: args(port), ...(folder && { folder }) });
      running = await startExample(command, listening);
      if (example.base !== undefined) await register(running, example.base);
    });
    after(() => running.stop());

    for (const index of [0, 1] as const) {
      const who = ["the handler", "the page"][index];
      it(`links an account whose code ${who} takes, calls for it, and unlinks it`, async () => {
        const { origin, cloud } = running;
        const home = `${origin}/`;
        const style = linkStylesAt(origin, cloud.origin, base)[index];
        const browser = new Browser();
        const answer = await style.deliver(browser, await obtain(style, browser));
        assert.ok(answer.status === 200 || answer.redirect === home, `${answer.text}\n${running.output()}`);
        assert.equal(await linkedUser(browser, origin, base), style.account.uid);

        const devices = await browser.fetch(home, "GET", `${base}/api/v1.0/users/me/devices`);
        assert.equal(devices.status, 200, devices.text);
        assert.equal((devices.json() as { result: unknown[] }).result.length, 2);
        assert.doesNotMatch(devices.text, /local_key/);

        const refused = await browser.fetch(home, "POST", `${base}/api/v1.0/users/me/devices`, { a: 1 });
        assert.equal(refused.status, 403);
        assert.equal((await browser.fetch(home, "POST", `${base}/unlink`)).status, 204);
        assert.equal(await linkedUser(browser, origin, base), undefined);
      });
    }

    if (example.edgeRoute !== undefined) {
      const { edgeRoute } = example;
      it("has the modules as files", async () => {
        assert.deepEqual(await edgeModules(`${root}${folder}`, edgeRoute), ["core"]);
      });
    }

    it("answers HEAD, what is no route, and who comes from elsewhere", async () => {
      const { origin } = running;
      const head = await fetch(`${origin}${base}/session`, { method: "HEAD" });
      assert.equal(head.status, 200);
      assert.equal(await head.text(), "");
      assert.equal((await fetch(`${origin}${base}/nothing`)).status, 404);
      const foreign = { method: "POST", headers: { Origin: "https://evil.example" } };
      assert.equal((await fetch(`${origin}${base}/logout`, foreign)).status, 403);
    });
  });
}

/** Registers the callback URLs of an application whose routes lie under this path. */
async function register({ cloud, origin }: RunningExample, base: string): Promise<void> {
  const callbacks = Object.fromEntries(
    ["us", "eu"].map((code) => [code, `${origin}${base}/callback/${code}`]),
  );
  const oauth = { enabled: true, authorizationId: "demo-app", callbacks };
  await callConsole(cloud.cloud, "PUT", "/projects/demo-project/oauth", oauth);
}

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

import { launchChromium } from "../e2e/chromium.js";
import { absent, type RuntimeName, runtime } from "../support/runtimes.js";
import { type checkEmulator, expected } from "./emulator-checks.js";

const main = fileURLToPath(new URL("./emulator-main.js", import.meta.url));
const served = fileURLToPath(new URL("./emulator-served.js", import.meta.url));

/** How each runtime runs a file; what it prints beside the findings is not looked at. */
const runtimes: Readonly<Record<RuntimeName, readonly string[]>> = {
  node: [],
  node22: [],
  node24: [],
  deno: [
    "run",
    "--quiet",
    "--no-remote",
    "--no-prompt",
    "--no-lock",
    "--node-modules-dir=manual",
    "--allow-read",
    "--allow-write",
    "--allow-net=127.0.0.1",
    "--allow-env",
  ],
  bun: ["run", "--no-install"],
};

describe("a cloud in process", () => {
  for (const [name, args] of Object.entries(runtimes) as [RuntimeName, string[]][]) {
    it(`links an account on ${name}`, { skip: absent(name) }, async () => {
      const { stdout } = await promisify(execFile)(String(runtime(name)), [...args, main]);
      assert.deepEqual(JSON.parse(stdout), expected);
    });
  }

  it("links an account in a browser's page, under a strict policy", async () => {
    const server = createServer((request, response) => {
      const script = request.url === "/page.js";
      response.setHeader("content-type", `text/${script ? "javascript" : "html"}; charset=utf-8`);
      response.setHeader(
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
      );
      response.end(script ? bundle : '<!doctype html><script type="module" src="/page.js"></script>');
    });
    const bundle = await bundlePage();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const found = page.evaluate(() =>
        (globalThis as unknown as { checkEmulator: typeof checkEmulator }).checkEmulator(),
      );
      assert.deepEqual(await found, expected);
    } finally {
      await browser.close();
      server.close();
    }
  });
});

describe("a cloud on a port, with its rows in a file", () => {
  for (const name of ["node22", "node24", "deno", "bun"] as const) {
    it(`goes on from the file on ${name}`, { skip: absent(name) }, async () => {
      const directory = await mkdtemp(join(tmpdir(), "tuya-auth-rows-"));
      try {
        for (const codes of [1, 2]) {
          const args = [...runtimes[name], served, join(directory, "cloud.db")];
          const { stdout } = await promisify(execFile)(String(runtime(name)), args);
          assert.equal(JSON.parse(stdout), codes);
        }
      } finally {
        await rm(directory, { recursive: true });
      }
    });
  }
});

async function bundlePage(): Promise<string> {
  const entry = fileURLToPath(new URL("./emulator-page.js", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}

/// <reference lib="dom" />
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { launchChromium } from "../e2e/chromium.js";
import { signRaw } from "./raw-signer.js";
import { signable } from "./signable.js";

/** What `wasm-pack build wasm --target …` wrote; `cargo xtask test` calls it. */
const built = fileURLToPath(new URL("../../../wasm-pack/", import.meta.url));
const name = "tuya_auth_wasm";

const signs = signable.map(({ sign }) => sign);
assert.ok(signs.length > 0);

describe("the module that wasm-pack builds signs every published vector", () => {
  it("--target nodejs, by require", () => {
    const module = createRequire(import.meta.url)(join(built, "nodejs", `${name}.js`));
    assert.deepEqual(
      signable.map((vector) => signRaw(module, vector)),
      signs,
    );
  });

  it("--target bundler, where a module can import WebAssembly: Node with that turned on", async () => {
    const program = fileURLToPath(new URL("sign-all.js", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...["--experimental-wasm-modules", "--no-warnings"],
      ...[program, join(built, "bundler", `${name}.js`)],
    ]);
    assert.deepEqual(JSON.parse(stdout), signs);
  });

  it("--target web, in Chromium", async () => {
    const browser = await launchChromium();
    after(() => browser.close());
    const page = await browser.newPage();
    await page.setRequestInterception(true);
    page.on("request", async (request) => {
      const { pathname } = new URL(request.url());
      await request.respond(await answer(pathname));
    });
    await page.goto("http://localhost/");
    const made = await page.evaluate(
      async (name, signable) => {
        const load = (path: string) => import(path);
        const [module, { signRaw }] = await Promise.all([load(`/${name}.js`), load("/raw-signer.js")]);
        await module.default();
        return signable.map((vector) => signRaw(module, vector));
      },
      name,
      signable,
    );
    assert.deepEqual(made, signs);
  });
});

it("asks for no other program: wasm-pack would fetch one to make the module smaller", () => {
  const manifest = readFileSync(new URL("../../../../wasm/Cargo.toml", import.meta.url), "utf8");
  assert.match(manifest, /^\[package\.metadata\.wasm-pack\.profile\.release\]\nwasm-opt = false$/m);
});

const types = { js: "text/javascript", wasm: "application/wasm" };

/** The page, what wasm-pack wrote, and the one file of the test itself. */
async function answer(pathname: string) {
  if (pathname === "/") return { contentType: "text/html", body: "<!doctype html><title>wasm-pack</title>" };
  const own = pathname === "/raw-signer.js";
  const file = own ? new URL("raw-signer.js", import.meta.url) : join(built, "web", pathname);
  try {
    const contentType = pathname.endsWith(".js") ? types.js : types.wasm;
    return { contentType, body: await readFile(file) };
  } catch {
    return { status: 404 };
  }
}

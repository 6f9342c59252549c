/** The text inside the JavaScript stands for the very bytes of the `.wasm` file beside it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";

const { resolve } = createRequire(import.meta.url);
const dist = join(dirname(resolve("tuya-auth/package.json")), "dist");
/** What the package's files are put together from. */
const compiled = new URL("../../../package/", import.meta.url);
const load = (file: string): Promise<Record<string, unknown>> => import(new URL(file, compiled).href);

const { bytesOf } = (await load("inline-text.js")) as { bytesOf(text: string): Uint8Array };

describe("a module's text", () => {
  for (const module of ["page", "core", "debug", "emulator"]) {
    it(`is that of ${module}.wasm`, async () => {
      const { text } = await load(`generated/${module}.text.js`);
      assert.ok(typeof text === "string");
      assert.deepEqual(Buffer.from(bytesOf(text)), readFileSync(join(dist, `generated/${module}.wasm`)));
    });

    it(`of ${module}.wasm holds nothing that a string or HTML would have escaped`, async () => {
      const { text } = await load(`generated/${module}.text.js`);
      assert.match(String(text), /^[ !#%&(-;=-[\]^_a-~]*$/);
    });
  }
});

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { commandOf } from "./processes.js";
import { absent } from "./programs.js";

const program = fileURLToPath(new URL("./served-rows.js", import.meta.url));
const rights = ["--allow-read", "--allow-write", "--allow-net=127.0.0.1", "--allow-env"];

describe("a cloud on a port, with its rows in a file", () => {
  for (const name of ["node22", "node24", "deno", "bun"] as const) {
    it(`goes on from the file on ${name}`, { skip: absent(name) }, async () => {
      const directory = await mkdtemp(join(tmpdir(), "tuya-auth-rows-"));
      try {
        for (const codes of [1, 2]) {
          const [file, args] = commandOf(name, program, rights);
          const { stdout } = await promisify(execFile)(file, [...args, join(directory, "cloud.db")]);
          assert.equal(JSON.parse(stdout), codes);
        }
      } finally {
        await rm(directory, { recursive: true });
      }
    });
  }
});

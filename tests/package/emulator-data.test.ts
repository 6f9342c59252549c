import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { TuyaClient } from "tuya-auth/server";
import { absent, runtime } from "../runtimes/programs.js";
import { obtainCode } from "../support/consent.js";
import { ann, appKeys } from "../support/demo-seed.js";
import { writeExample } from "../support/documents.js";
import {
  type EmulatorProcess,
  runCommand,
  runCommandBy,
  startEmulatorBy,
} from "../support/emulator-process.js";

const node = runtime("node22");

describe("tuya-auth emulator --data", { skip: absent("node22") }, () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "tuya-auth-data-"));
  });
  after(() => rm(directory, { recursive: true }));
  const file = (name: string) => join(directory, name);
  const start = (name: string) => startEmulatorBy({ node }, "--data", file(name));
  const annsCode = ({ origin }: EmulatorProcess) =>
    obtainCode({ fetch, origin, dataCenter: "us", account: ann });
  const clientOf = ({ origin }: EmulatorProcess) =>
    new TuyaClient({ ...appKeys, dataCenter: { code: "us", openapi: `${origin}/us` } });

  /** The complaint of a run that must fail. */
  async function complaint(name: string): Promise<string> {
    const run = runCommandBy({ node }, "emulator", "--port", "0", "--data", file(name));
    assert.equal(await run.status, 1);
    return run.errors();
  }

  it("goes on from the file, after an orderly end and after a kill", async () => {
    const first = await start("cloud.db");
    const [code, spent] = [await annsCode(first), await annsCode(first)];
    const tokens = await clientOf(first).exchangeCode(spent);
    assert.equal(await first.stop(), 0);

    const second = await start("cloud.db");
    await clientOf(second).exchangeCode(code);
    await assert.rejects(clientOf(second).exchangeCode(spent), { code: "code_invalid" });
    second.child.kill("SIGKILL");
    await once(second.child, "close");

    const third = await start("cloud.db");
    await assert.rejects(clientOf(third).exchangeCode(code), { code: "code_invalid" });
    const client = clientOf(third);
    await client.importTokens(tokens);
    await client.forUser(tokens.uid).request({ path: `/v1.0/users/${tokens.uid}/devices` });
    await third.stop();
  });

  it("prints each project with its own keys when it goes on", async () => {
    const first = await start("projects.db");
    const made = await fetch(`${first.origin}/console/api/projects`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "A second project" }),
    });
    const project = (await made.json()) as { authorizations: { clientId: string }[] };
    const clientId = String(project.authorizations[0]?.clientId);
    await first.stop();

    const run = runCommandBy({ node }, "emulator", "--port", "0", "--data", file("projects.db"));
    const lines: string[] = [];
    while (!lines.at(-1)?.includes(ann.password)) lines.push(String((await run.lines.next()).value));
    run.child.kill();
    await run.status;
    const second = lines.slice(lines.indexOf("A second project")).join("\n");
    assert.deepEqual(lines.join("\n").split(clientId).length, 2);
    assert.ok(second.includes(clientId) && !second.includes(appKeys.clientId), lines.join("\n"));
  });

  it("keeps the file and its log from others", async () => {
    const emulator = await start("private.db");
    await annsCode(emulator);
    for (const name of ["private.db", "private.db-wal"]) {
      assert.equal((await stat(file(name))).mode & 0o777, 0o600, name);
    }
    await emulator.stop();
  });

  it("lets one emulator at a time have the file", async () => {
    const emulator = await start("shared.db");
    assert.match(await complaint("shared.db"), /shared\.db: another emulator uses it/);
    await annsCode(emulator);
    await emulator.stop();
  });

  it("leaves files alone that are not its own, or of a later layout", async () => {
    await writeFile(
      file("text.db"),
      "This is no database, although it has more than a few bytes. ".repeat(20),
    );
    assert.match(await complaint("text.db"), /text\.db: file is not a database/);

    sql("other.db", "CREATE TABLE mine (x)");
    const other = await readFile(file("other.db"));
    assert.match(await complaint("other.db"), /other\.db: it is not a file of the emulator/);
    assert.deepEqual(await readFile(file("other.db")), other);

    await (await start("later.db")).stop();
    await copyFile(file("later.db"), file("copy.db"));
    sql("later.db", "PRAGMA user_version = 2");
    assert.match(
      await complaint("later.db"),
      /made by a later version of the emulator \(layout 2, known is 1\)/,
    );
    await (await start("copy.db")).stop();
  });

  it("does what the document's program says", async () => {
    const program = await writeExample("docs/emulator.md", "sqliteRows", "served.mjs", (code) =>
      code.replace('"cloud.db"', JSON.stringify(file("served.db"))).replace("8787", "0"),
    );
    const printed = execFileSync(String(node), ["--no-warnings", program], { encoding: "utf8" });
    assert.match(printed, /^http:\/\/127\.0\.0\.1:\d+ 0\n$/);
    await (await start("served.db")).stop();
  });

  it("says when the file cannot be made", async () => {
    assert.match(await complaint("nowhere/cloud.db"), /ENOENT.*nowhere/);
  });

  /** Runs statements on a file. */
  function sql(name: string, statements: string): void {
    const program = `new (require("node:sqlite").DatabaseSync)(process.argv[1]).exec(process.argv[2])`;
    execFileSync(String(node), ["--no-warnings", "--eval", program, "--", file(name), statements]);
  }
});

describe("tuya-auth emulator --data on a Node without SQLite", () => {
  const skip = process.getBuiltinModule("node:sqlite" as never) !== undefined && "this Node has SQLite";

  it("says which Node it needs, and makes no file", { skip }, async () => {
    const file = join(tmpdir(), `tuya-auth-${process.pid}.db`);
    const run = runCommand("emulator", "--port", "0", "--data", file);
    assert.equal(await run.status, 1);
    assert.match(run.errors(), /needs node:sqlite, which Node has from 22\.13 on; this is Node v20/);
    assert.match(run.errors(), /Without a file the emulator runs here too/);
    await assert.rejects(stat(file), { code: "ENOENT" });
  });
});

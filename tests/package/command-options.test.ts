import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, it } from "node:test";

import { Signer } from "tuya-auth/server";

import { command, keys } from "../support/command.js";
import { program } from "../support/emulator-process.js";
import { missing } from "../support/program.js";

const hidden = "hunter2hunter2hunter2hunter2hunt";

describe("sign, explain and diagnose, called wrongly", () => {
  for (const [args, said] of [
    [["sign", "--secret", hidden], /never taken from the arguments.+set TUYA_CLIENT_SECRET/],
    [["diagnose", `--secret=${hidden}`], /never taken from the arguments/],
    [["explain", `--client-secret=${hidden}`], /never taken from the arguments/],
    [["sign", "--url", "/", hidden], /takes options only/],
    [["sign", "--nothing"], /Unknown option '--nothing'/],
    [["sign"], /there is no request/],
    [["sign", "--url", "a"], /the URL cannot be used/],
    [["sign", "--url", "/?a=1&a=2"], /appears twice/],
    [["sign", "--url", "/", "--t", "1700000000"], /13 digits/],
    [["sign", "--url", "/", "--algorithm", "old"], /--algorithm takes current or legacy/],
    [["sign", "--url", "/", "--path-encoding", "raw"], /--path-encoding takes as-written or decoded/],
    [["sign", "--url", "/", "--header", "a"], /--header takes 'NAME: VALUE'/],
    [["sign", "--url", "/", "--signed-header", "absent"], /absent/],
    [["sign", "--url", "/", "--body", "a", "--body-file", "b"], /--body or --body-file/],
    [["sign", "--url", "/", "--body-file", "/no/such/file"], /cannot read \/no\/such\/file: ENOENT/],
    [["sign", "--url", "/", "--entry", "1"], /--entry belongs to --har/],
    [["sign", "--url", "/", "--client-id", "a b"], /client ID/],
    [["diagnose", "--url", "/"], /there is no sign/],
    [["diagnose", "--url", "/", "--sign", "00"], /13 digits/],
    [["diagnose", "--url", "/", "--sign", "00", "--t", "1", "--meant", "[]"], /--meant takes a JSON object/],
    [["diagnose", "--url", "/", "--sign", "00", "--t", "1", "--meant", "{"], /--meant takes a JSON object/],
  ] as const) {
    it(`end with status 2 and say why: ${args.join(" ").replace(hidden, "…")}`, async () => {
      const { status, output, errors } = await command(args);
      assert.deepEqual([status, output], [2, ""]);
      assert.match(errors, said);
      assert.ok(!errors.includes(hidden));
    });
  }

  it("need an ID and a secret, and name what is unfit without showing it", async () => {
    for (const [env, said] of [
      [{ TUYA_CLIENT_ID: undefined }, /there is no client ID/],
      [{ TUYA_CLIENT_SECRET: undefined }, /there is no secret: set TUYA_CLIENT_SECRET/],
      [{ TUYA_CLIENT_SECRET: `${hidden}\n` }, /the client secret is empty, or holds white space/],
      [{ TUYA_OTHER_SECRETS: "sécret" }, /the client secret is empty, or holds white space/],
    ] as const) {
      const { status, errors } = await command(
        ["diagnose", "--url", "/", "--sign", "00", "--t", "1"],
        "",
        env,
      );
      assert.equal(status, 2);
      assert.match(errors, said);
      assert.ok(!errors.includes(hidden));
    }
  });

  it("have help", async () => {
    for (const name of ["sign", "explain", "diagnose"]) {
      const { status, output } = await command([name, "--help"]);
      assert.equal(status, 0);
      assert.ok(output.startsWith(`Usage: tuya-auth ${name}`));
      assert.ok(output.split("\n").every((line) => line.length <= 100));
      assert.match((await command(["--help"])).output, new RegExp(`^ {2}${name} `, "m"));
    }
  });
});

describe("the secret's prompt", { skip: missing("script", "--version") }, () => {
  const { sign } = new Signer(keys).sign({ url: "/v1.0/a", t: 1_700_000_000_000, nonce: "" });
  const signing = `${process.execPath} ${program} sign --t 1700000000000 --nonce ''`;
  const line = "curl http://a.example/v1.0/a";

  /** Runs a shell command on a terminal of its own, and types the next answer whenever it asks. */
  async function typed(shell: string, ...answers: string[]): Promise<{ status: number; shown: string }> {
    const { PATH } = process.env;
    const child = spawn("script", ["-qec", shell, "/dev/null"], {
      env: { PATH, SHELL: "/bin/sh", TUYA_CLIENT_ID: keys.clientId },
    });
    let shown = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      if (/Ctrl-D on a line of its own:|Client secret of \w+: $/.test(text)) {
        child.stdin.write(answers.shift() ?? "");
      }
    });
    const [status] = await once(child, "close");
    assert.ok(!shown.includes(keys.secret), shown);
    return { status, shown };
  }

  it("does not show what is typed, and takes corrections", async () => {
    const { status, shown } = await typed(`${signing} --url /v1.0/a`, `wrong\u0015x\u007f${keys.secret}\r`);
    assert.equal(status, 0, shown);
    assert.ok(shown.startsWith(`Client secret of ${keys.clientId}: \r\n`), shown);
    assert.ok(shown.includes(sign), shown);
    assert.ok(!shown.includes("wrong"));
  });

  it("comes after the request, which may be pasted or come in by a pipe", async () => {
    for (const [shell, ...answers] of [
      [signing, `${line}\n\u0004`, `${keys.secret}\r`],
      [`echo '${line}' | ${signing}`, `${keys.secret}\r`],
    ] as const) {
      const { status, shown } = await typed(shell, ...answers);
      assert.equal(status, 0, shown);
      assert.ok(shown.includes(sign), shown);
    }
  });

  it("is ended by Ctrl-C and Ctrl-D", async () => {
    for (const key of ["\u0003", "\u0004"]) {
      const { status, shown } = await typed(`${signing} --url /v1.0/a`, key);
      assert.equal(status, 2);
      assert.match(shown, /no secret was given/);
    }
  });
});

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";

import { Signer } from "tuya-auth/server";

import { command, keys, printed } from "../support/command.js";
import { missing } from "../support/program.js";
import { type Recorder, startRecorder } from "../support/recorder.js";

/** Command lines as people and browsers write them; `URL` stands for the server's origin, `FILE` for a file. */
const commands = [
  "curl URL/v1.0/a",
  "curl 'URL/v1.0/a?b=2&a=1' -X DELETE",
  'curl -sS "URL/v1.0/a?q=a%20b" --compressed -H "Accept: application/json"',
  "curl --url URL/v1.0/a --request PUT --data '{\"a\": 1}' --header 'Content-Type: application/json'",
  "curl URL/v1.0/a -d b=2 -d a=1+1",
  "curl URL/v1.0/a -d @FILE -H 'Content-Type: application/json'",
  "curl URL/v1.0/a --data-binary @FILE -H 'content-type:application/json'",
  "curl URL/v1.0/a --data-raw '@FILE' -H 'Content-Type: text/plain'",
  "curl URL/v1.0/a --json '{\"a\":' --json '1}'",
  "curl URL/v1.0/a --json @FILE",
  "curl URL/v1.0/a --json '{}' -H 'Content-Type: application/json; charset=utf-8'",
  "curl URL/v1.0/a --data-urlencode 'a=1 2&3/é' --data-urlencode '=x=y' --data-urlencode 'plain text'",
  "curl URL/v1.0/a --data-urlencode n@FILE",
  "curl -G URL/v1.0/a --data-urlencode 'q=ü +' -d z=1",
  "curl -G 'URL/v1.0/a?c=0' -d b=1",
  "curl -I URL/v1.0/a",
  "curl -XPOST URL/v1.0/a -d ''",
  "curl -skXPUT URL/v1.0/a -d{} -Hcontent-type:application/json",
  "curl URL/v1.0/a -H 'Content-Type:' --data-raw '{}'",
  "curl URL/v1.0/a -H 'area_id: x ' -H 'Signature-Headers: area_id:empty' -H 'empty;'",
  "curl URL/v1.0/a -A agent -e page -H 'Signature-Headers: user-agent:referer'",
  "curl \\\n  'URL/v1.0/a' \\\n  -H 'Content-Type: application/json' \\\n  --data-raw $'{\"a\":\"it\\'s\\u00e9\\xc3\\xa9\\t\\101\"}' # as copied",
  'curl "URL/v1.0/a" -H "Content-Type: text/plain" --data-raw "a \\"quoted\\" \\$1 \\\\ \\x \'y\' 5$"',
  "curl URL/v1.0/a\\?b=1\\&a=2 -H Content-Type:\\ text/plain -d it''\"s\"' one'\\ word",
];

describe("a pasted curl command", {
  skip: missing("curl", "--version") || missing("bash", "--version"),
}, () => {
  let server: Recorder;
  const folder = mkdtempSync(join(tmpdir(), "tuya-auth-"));
  const path = join(folder, "body.json");
  before(async () => {
    server = await startRecorder();
    writeFileSync(path, '{"a": "ü",\r\n "b": [1]}\n');
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  for (const template of commands) {
    it(`is understood as curl itself does: ${template}`, async () => {
      const line = template.replaceAll("URL", server.origin).replaceAll("FILE", path);
      await promisify(execFile)("bash", ["-c", line]);
      const [sent] = server.take();
      assert.ok(sent);
      const { method, target, headers, body } = sent;
      const names = headers.find(([name]) => name === "Signature-Headers")?.[1];
      const signedHeaders = names?.split(":");
      const expected = new Signer(keys).stringToSign({ method, url: target, headers, body, signedHeaders });
      const explained = JSON.parse(await printed("explain", "--json", "--curl", line));
      assert.equal(explained.stringToSign, expected);
    });
  }
});

describe("a curl command out of an editor of Windows", () => {
  it("goes on after a backslash at the end of its lines, and after a prompt", async () => {
    const lines = ["$ curl \\", "  http://a.example/v1.0/a \\", '  -d "a=1\\', '2"', ""];
    const { output } = await command(["explain", "--json"], lines.join("\r\n"));
    assert.equal(JSON.parse(output).canonicalUrl, "/v1.0/a?a=12");
  });
});

describe("a curl command that cannot be understood", () => {
  for (const [line, said] of [
    ["wget http://a.example", /does not begin with curl/],
    ["curl", /has no URL/],
    ["curl http://a.example http://b.example", /more than one URL/],
    ["curl http://a.example/?a=1&b=2", /an unquoted & at character 27 ends the command/],
    ["curl http://a.example | jq .", /an unquoted \| at character 23 ends/],
    ["curl http://a.example\n-d x", /a line break at character 22 ends/],
    ["curl 'http://a.example", /a quote is left open/],
    ["curl $'http://a.example", /a quote is left open/],
    ["curl http://a.example \\", /a backslash stands at the end/],
    ["curl http://a.example -H access_token:$TOKEN", /only a shell can fill in/],
    ['curl http://a.example -H "access_token: $TOKEN"', /only a shell can fill in/],
    ["curl http://a.example -H `cat token`", /only a shell can fill in/],
    ["curl http://a.example -F file=@x", /option -F is not understood/],
    ["curl http://a.example --next", /option --next is not understood/],
    ["curl http://a.example -d", /option --data has no value/],
    ["curl http://a.example -d @-", /standard input is not understood/],
    ["curl http://a.example -d @/no/such/file", /cannot read \/no\/such\/file: ENOENT/],
    ["curl http://a.example -H @headers", /headers out of a file/],
    ["curl http://a.example -d $'\\xff'", /do not make text/],
    ["curl http://a.example -d $'\\U110000'", /stands for no character/],
  ] as const) {
    it(`is refused: ${line}`, async () => {
      const { status, output, errors } = await command(["explain", "--curl", line]);
      assert.deepEqual([status, output], [2, ""]);
      assert.match(errors, said);
    });
  }
});

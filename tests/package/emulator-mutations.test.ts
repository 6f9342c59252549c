import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, it } from "node:test";

import { Signer } from "tuya-auth/server";

import { appKeys, callbackOf } from "../support/demo-seed.js";
import { type EmulatorProcess, startEmulator } from "../support/emulator-process.js";
import { Random } from "../support/random.js";

/** How many requests are changed and sent. */
const count = 1500;

const token = "/v1.0/token?grant_type=1";
const form = "content-type: application/x-www-form-urlencoded\r\n";
const json = "content-type: application/json\r\n";

/** Requests of every part of the cloud, as they stand on the wire. */
function requests(): string[] {
  const signed = (path: string, more = "") =>
    `GET /us${path} HTTP/1.1\r\nhost: localhost\r\n${Object.entries(new Signer(appKeys).sign({ url: path }))
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("")}${more}\r\n`;
  const sent = (method: string, target: string, headers: string, body: string) =>
    `${method} ${target} HTTP/1.1\r\nhost: localhost\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const login = `client_id=${appKeys.clientId}&redirect_uri=${encodeURIComponent(callbackOf("us"))}`;
  return [
    signed(token),
    signed("/v1.0/devices/vdevo170000000000001", "access_token: 0123456789abcdef\r\n"),
    `GET /us/d/login?${login}&state=AAAAAAAAAAAAAAAAAAAAAA.us HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    sent("POST", "/us/d/login", form, "login=0&form_token=0&account=ann%40example.com&password=x"),
    "GET /console HTTP/1.1\r\nhost: localhost\r\n\r\n",
    sent("POST", "/console/projects/new", form, "form_token=0&name=A"),
    sent("POST", "/console/api/projects", json, '{"name":"A project"}'),
    sent("POST", "/control/expire-tokens", json, '{"dataCenter":"us"}'),
    "GET /control/requests HTTP/1.1\r\nhost: localhost\r\n\r\n",
  ];
}

const payloads = [
  "\0",
  "\r\n",
  "\r\nset-cookie: zqx=1\r\n",
  "<script>zqx</script>",
  '"><zqx zqx="1',
  "%00%0d%0a%zz",
  "\xff\xfe\x80",
  "é\u2028\u{1f600}",
  "//zqx.example/",
  "transfer-encoding: chunked\r\n",
  "content-length: 3\r\n",
  "a".repeat(20_000),
];

/** The bytes of a request with one or two changes. */
function mutated(random: Random, start: string): Buffer {
  let bytes = Buffer.from(start);
  for (let changes = random.once(3) ? 2 : 1; changes > 0; changes -= 1) {
    const at = random.below(bytes.length);
    const end = Math.min(bytes.length, at + random.below(20));
    const [before, part, rest] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
    const payload = Buffer.from(
      payloads[random.below(payloads.length)] ?? "",
      random.below(2) ? "utf8" : "latin1",
    );
    const changed = [
      [before, payload, bytes.subarray(at)],
      [before, payload, rest],
      [before, rest],
      [before, part, part, rest],
      [before, Buffer.from([random.below(256)]), bytes.subarray(at + 1)],
      [before],
    ][random.below(6)];
    bytes = Buffer.concat(changed ?? []);
    if (bytes.length === 0) return bytes;
  }
  return bytes;
}

/** Sends bytes and ends; gives all that comes back. */
async function exchange(port: number, bytes: Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", () => {});
  socket.end(bytes);
  await once(socket, "close");
  return Buffer.concat(chunks).toString("latin1");
}

let emulator: EmulatorProcess;
before(async () => {
  emulator = await startEmulator();
});
after(() => emulator.stop());

it("answers bytes of any kind, and lives on", async () => {
  const port = Number(new URL(emulator.origin).port);
  const random = new Random(7);
  const starts = requests();
  const statuses = new Map<string, number>();
  for (let at = 0; at < count; at += 1) {
    const bytes = mutated(random, starts[at % starts.length] ?? "");
    const answer = await exchange(port, bytes);
    const shown = `request ${at}: ${JSON.stringify(bytes.toString("latin1").slice(0, 2000))}\n${answer.slice(0, 500)}`;
    for (const part of answer.split(/^HTTP\/1\.1 /m).slice(1)) {
      const [head = "", body = ""] = part.split("\r\n\r\n");
      const status = head.slice(0, 3);
      assert.ok(Number(status) < 500, shown);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      assert.doesNotMatch(head, /^(set-cookie: zqx|location: (\/\/|https?:))/im, shown);
      if (/^content-type: text\/html/im.test(head)) assert.doesNotMatch(body, /<zqx|<script>/, shown);
    }
  }
  assert.ok(statuses.size >= 5 && (statuses.get("200") ?? 0) > 50, JSON.stringify([...statuses]));
  const signed = await fetch(`${emulator.origin}/us${token}`, {
    headers: new Signer(appKeys).sign({ url: token }),
  });
  assert.equal((await signed.json()).success, true);
  assert.equal(emulator.child.exitCode, null);
});

/** What an attacker asks the proxy for: other calls, other users, other hosts, and local keys. */

import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import type { AuthHandlerOptions } from "tuya-auth/handler";

import { type App, appOrigin, createApp, link } from "../support/app.js";
import { ann, bo } from "../support/demo-seed.js";
import { linkedUser } from "../support/link-styles.js";
import { openStore, storesNothing } from "../support/open-store.js";
import { startRecorder } from "../support/recorder.js";

const api: NonNullable<AuthHandlerOptions["api"]> = [
  "GET /v1.0/users/{uid}/devices",
  "GET /v1.0/devices/{device_id}",
  "POST /v1.0/devices/{device_id}/commands",
];

/** An application that is linked; from then on `answer` stands in for the cloud. */
async function linkedApp(answer: (url: string, init: RequestInit) => Response | Promise<Response>) {
  const store = openStore();
  const sent: string[] = [];
  let isLinked = false;
  const app: App = createApp({
    api,
    store,
    fetch: async (url, init) => {
      if (!isLinked) return app.cloud.fetch(url, init);
      sent.push(url);
      return answer(url, init);
    },
  });
  const browser = app.browser();
  await link(app, browser);
  // At its first use a session notes that its browser has it.
  assert.equal(await linkedUser(browser), ann.uid);
  isLinked = true;
  const ask = (path: string, init: RequestInit = {}) => {
    const headers = new Headers({ Origin: appOrigin, ...(init.headers as Record<string, string>) });
    return storesNothing(store, () => app.send(browser, `/auth/api${path}`, { ...init, headers }));
  };
  return { app, browser, store, sent, ask };
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error;
}

describe("a path that leads elsewhere", () => {
  const devices = `/v1.0/users/${ann.uid}/devices`;
  const paths = [
    "/v1.0/devices/../token",
    "/v1.0/devices/./../token?grant_type=1",
    "/v1.0/devices/%2e%2e/token",
    "/v1.0/devices/%2E%2E/token",
    "/v1.0/devices/.%2e/token",
    "/v1.0/devices/%252e%252e%252ftoken",
    "/v1.0/devices/..%2ftoken",
    "/v1.0/devices/..%5ctoken",
    "/v1.0/devices/..\\token",
    "/v1.0/devices/..;/token",
    "/v1.0/devices/%00",
    "/v1.0/devices/d1%00",
    "/v1.0/devices/d1%3Fx=y",
    "/v1.0/devices/d1%23",
    "/v1.0/devices/d1;x=y",
    "/v1.0/devices/d1%20",
    "/v1.0/devices/...",
    "/v1.0/devices/%",
    "/v1.0/devices/%zz",
    "/v1.0/devices/ｄ1",
    "/v1.0/devices/d1/",
    "/v1.0/devices//d1",
    "//v1.0/devices/d1",
    "/v1.0//devices/d1",
    "///v1.0/devices/d1",
    "/\\v1.0/devices/d1",
    "//evil.example/v1.0/devices/d1",
    "/https://evil.example/v1.0/devices/d1",
    "/https:%2f%2fevil.example/v1.0/devices/d1",
    "/@evil.example/v1.0/devices/d1",
    "/v1.0@evil.example/devices/d1",
    "/v1.0/users/me/devices/..",
    "/v1.0/users/me/devices/../../token",
    `${devices}/x`,
    devices.toUpperCase(),
    `/v1.0/users/${bo.uid}/devices`,
    `/v1.0/users/${ann.uid.toLowerCase()}/devices`,
    `/v1.0/users/${ann.uid},${bo.uid}/devices`,
    `/v1.0/users/${ann.uid}%2c${bo.uid}/devices`,
    `/v1.0/users/${ann.uid}%2f..%2f${bo.uid}/devices`,
    `/v1.0/users/${ann.uid}/../${bo.uid}/devices`,
    `/v1.0/users/me%00/devices`,
    "/v1.0/users/ME/devices",
    "/v1.0/users/%6de/devices",
    "/v1.0/users//devices",
    "/v1.0/users/{uid}/devices",
    `${devices}?uid=${bo.uid}`,
    `${devices}?%75id=${bo.uid}`,
    `${devices}?uid=${ann.uid}&uid=${bo.uid}`,
    `${devices}?uid=`,
    "/v1.0/token?grant_type=1",
    "/v1.0/token/x",
    "/v1.0/TOKEN/x",
    "/v1.0/iot-01/associated-users/actions/authorized-login",
    "",
    "/",
  ];

  it(`is refused in ${paths.length} spellings, and nothing is sent`, async () => {
    const { ask, sent } = await linkedApp(() => Response.json({ success: true, result: [] }));
    for (const path of paths) {
      for (const method of ["GET", "POST"]) {
        const answer = await ask(path, { method });
        const outside = answer.status === 404;
        if (outside) assert.match(path, /^$/, path);
        else assert.equal(await codeOf(answer), "permission_denied", `${method} ${path}`);
      }
    }
    assert.deepEqual(sent, []);
    assert.equal((await ask(devices)).status, 200);
    assert.equal(sent.length, 1);
  });
});

describe("a local key", () => {
  const key = "s3cr3t-l0cal-k3y";
  /** A name in the escapes of JSON. */
  const escaped = (name: string) =>
    [...name].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  const deep = `${'{"a":['.repeat(20_000)}{"local_key":"${key}"}${"]}".repeat(20_000)}`;
  const utf16 = (text: string, bigEndian = false) => {
    const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
    return new Blob([new Uint8Array(bigEndian ? bytes.swap16() : bytes)]);
  };

  const answers: [name: string, body: string | Blob, type?: string][] = [
    ["as it is", `{"result":{"local_key":"${key}"}}`],
    ["in a list of lists", `[[[{"local_key":"${key}"}]]]`],
    ["that is a list or an object itself", `{"local_key":["${key}"],"x":{"local_key":{"a":"${key}"}}}`],
    ["twice", `{"local_key":"x","local_key":"${key}"}`],
    ["under __proto__", `{"__proto__":{"local_key":"${key}"}}`],
    ["in camel case", `{"localKey":"${key}"}`],
    ["in capitals", `{"LOCAL_KEY":"${key}","LocalKey":"${key}"}`],
    ["with other separators", `{"local-key":"${key}","local key":"${key}","local.key":"${key}"}`],
    [
      "with more around its name",
      `{"device_local_key":"${key}","local_key_2":"${key}","local_key ":"${key}"}`,
    ],
    ["as several", `{"localKeys":["${key}"]}`],
    ["in escapes", `{"${escaped("local_key")}":"${key}"}`],
    ["half in escapes", `{"loc\\u0061l_key":"${key}","local\\u005fKey":"${key}"}`],
    ["in JSON inside of a text", JSON.stringify({ result: JSON.stringify({ local_key: key }) })],
    [
      "in a text in a text",
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify([{ localKey: key }]) }) }),
    ],
    ["in escapes in a text", JSON.stringify({ result: `{"${escaped("local_key")}":"${key}"}` })],
    ["in words", JSON.stringify({ msg: `local_key=${key}`, log: `"localKey" : "${key}"` })],
    ["behind a byte order mark", `\ufeff{"local_key":"${key}"}`],
    ["as plain text", `local_key=${key}`, "text/plain"],
    ["as JSON that is said to be text", `{"local_key":"${key}"}`, "text/html"],
    ["without a type", `{"local_key":"${key}"}`, ""],
    ["as XML", `<device local_key="${key}"/>`, "application/xml"],
    ["as CSV", `id,local_key\nd1,${key}\n`, "text/csv"],
    ["as several lines of JSON", `{"local_key":"${key}"}\n{"local_key":"${key}"}`, "application/x-ndjson"],
    ["as a script", `callback({"local_key":"${key}"})`, "text/javascript"],
    ["as a script with escapes", `callback({"${escaped("local_key")}":"${key}"})`, "text/javascript"],
    ["in JSON that was cut", `{"result":[{"local_key":"${key}"},{"local_k`],
    ["deeper than a parser goes", deep],
    ["in UTF-16", utf16(`{"local_key":"${key}"}`), "application/json; charset=utf-16"],
    ["in UTF-16, big end first", utf16(`{"local_key":"${key}"}`, true), "application/json; charset=utf-16be"],
  ];

  /** Whether some reading of the bytes shows the key. */
  function shows(bytes: Buffer): boolean {
    return ["utf-8", "utf-16le", "utf-16be"].some((label) =>
      new TextDecoder(label).decode(bytes).includes(key),
    );
  }

  for (const [name, body, type = "application/json"] of answers) {
    it(`stays out of the page ${name}`, async () => {
      const { ask } = await linkedApp(() => new Response(body, { headers: { "Content-Type": type } }));
      const answer = await ask("/v1.0/devices/d1");
      const bytes = Buffer.from(await answer.arrayBuffer());
      assert.equal(shows(bytes), false, bytes.subarray(0, 200).toString());
      assert.ok([200, 502].includes(answer.status), String(answer.status));
      if (answer.status === 502) assert.match(bytes.toString(), /"malformed_response"/);
    });
  }

  it("takes nothing else along: the rest stays, and what names none stays byte for byte", async () => {
    const device = { id: "d1", name: "My local key lamp", t: 1, nested: [{ local_key: key, a: null }] };
    const { ask } = await linkedApp(() => Response.json({ success: true, result: device }));
    const cleaned = { id: "d1", name: "My local key lamp", t: 1, nested: [{ a: null }] };
    assert.deepEqual(await (await ask("/v1.0/devices/d1")).json(), { success: true, result: cleaned });

    for (const exact of [
      '{ "n": 12345678901234567890, "e": 1.0, "u": "\\u00e9", "a": 1, "a": 2 }',
      "no JSON \\u0041 at all",
      '"My local key lamp"',
    ]) {
      const plain = await linkedApp(() => new Response(exact));
      assert.equal(await (await plain.ask("/v1.0/devices/d1")).text(), exact);
    }
  });
});

describe("a cloud that redirects a call", () => {
  it("is not followed over real HTTP: neither token nor sign reach another host", async () => {
    const elsewhere = await startRecorder();
    const cloud = await serve((_, response) => {
      response.writeHead(307, { Location: `${elsewhere.origin}/v1.0/devices/d1` }).end();
    });
    try {
      const { app, browser, ask } = await linkedApp((url, init) =>
        fetch(`${cloud.origin}${new URL(url).pathname}`, init),
      );
      for (const init of [{}, { method: "POST", body: "{}" }]) {
        const path = init.method === undefined ? "/v1.0/devices/d1" : "/v1.0/devices/d1/commands";
        const answer = await ask(path, init);
        assert.equal(answer.status, 502);
        assert.equal(await codeOf(answer), "unexpected_redirect");
        assert.equal(answer.headers.get("Location"), null);
      }
      // A refresh is a token call: it is not followed either, and the link lives on.
      app.advance(2 * 60 * 60_000);
      await linkedUser(browser);
      const late = await ask("/v1.0/devices/d1");
      assert.equal(await codeOf(late), "unexpected_redirect");
      assert.equal(await linkedUser(browser), ann.uid);
      assert.deepEqual(elsewhere.take(), []);
    } finally {
      await cloud.close();
      await elsewhere.close();
    }
  });
});

/** A server on a free port of this machine. */
async function serve(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

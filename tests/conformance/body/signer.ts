import { Signer, type VerifyRequest } from "tuya-auth/server";

import { equal, match, ok, refuses } from "../assert.js";
import { check, type Group } from "../group.js";

const keys = { clientId: "client0client0client0", secret: "secret0secret0secret0secret0secr" };
const T = 1_700_000_000_000;

/** What a signer does beside the vectors: entropy and clock, bodies in any form, verdicts, its end. */
export const signer: Group = {
  name: "signer",
  checks: [
    check("takes time and a fresh nonce from the runtime", () => {
      const one = new Signer(keys);
      const before = Date.now();
      const { sign, t, nonce } = one.sign({ url: "/v1.0/token?grant_type=1" });
      match(sign, /^[0-9A-F]{64}$/, "sign");
      ok(Number(t) >= before && Number(t) <= Date.now(), `t is ${t}`);
      match(nonce, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, "nonce");
      const nonces = Array.from({ length: 200 }, () => one.sign({ url: "/" }).nonce);
      equal(new Set(nonces).size, nonces.length, "different nonces");
    }),
    check("signs text and bytes alike, up to 1 MiB", () => {
      const one = new Signer(keys);
      for (const length of [0, 1, 63, 64, 65, 4096, 1_048_576]) {
        const text = "ü".repeat(length >> 1) + "x".repeat(length & 1);
        const signs = [text, new TextEncoder().encode(text)].map(
          (body) => one.sign({ method: "POST", url: "/v1.0/a", body, t: T, nonce: "" }).sign,
        );
        equal(signs[0], signs[1], `sign of ${length} bytes`);
      }
    }),
    check("takes URLs, headers and forms as this runtime's own objects", () => {
      const one = new Signer(keys);
      const stamp = { t: T, nonce: "n", method: "POST" };
      const plain = one.sign({
        ...stamp,
        url: "/v1.0/a?z=1",
        headers: { "content-type": "application/x-www-form-urlencoded", area: "a" },
        signedHeaders: ["area"],
        body: "b=2&a=1+1",
      });
      const own = one.sign({
        ...stamp,
        url: new URL("https://openapi.tuyaus.com/v1.0/a?z=1"),
        headers: new Headers({ Area: "a" }),
        signedHeaders: ["area"],
        body: new URLSearchParams("b=2&a=1+1"),
      });
      equal(own, plain, "headers");
    }),
    check("verifies what it signed, and says what is wrong", () => {
      const one = new Signer(keys);
      const sent = { method: "POST", url: "/v1.0/a?b=1", body: '{"x":1}', accessToken: "token", t: T };
      const { method, url, body } = sent;
      const headers = new Headers(one.sign(sent));
      const verdict = (change: Partial<VerifyRequest>) => {
        const found = one.verify({ method, url, body, headers, now: T, ...change });
        return found.ok ? "ok" : found.code;
      };
      equal(verdict({}), "ok");
      equal(verdict({ now: T + 300_000 }), "ok");
      equal(verdict({ now: T + 300_001 }), "clock_skew");
      equal(verdict({ body: '{"x": 1}' }), "sign_invalid");
      equal(verdict({ url: "/v1.0/a?b=%zz" }), "sign_invalid");
      const other = new Headers(headers);
      other.set("client_id", "another");
      equal(verdict({ headers: other }), "client_invalid");
    }),
    check("refuses a caller's mistakes by code, and never shows the secret", async () => {
      const one = new Signer(keys);
      await refuses(() => one.sign({ url: "v1.0" }), "TypeError", "invalid_url");
      await refuses(() => one.sign({ url: "/?a=1&a=2" }), "TypeError", "repeated_key");
      await refuses(() => one.sign({ url: "/?a=%zz" }), "TypeError", "bad_escape");
      await refuses(() => one.sign({ url: "/", nonce: "a b" }), "TypeError", "invalid_nonce");
      await refuses(() => one.sign({ url: "/", t: 5 }), "TypeError", "invalid_time");
      await refuses(() => new Signer({ ...keys, secret: "" }), "TypeError", "invalid_secret");
      ok(!JSON.stringify(one).includes(keys.secret), "the secret is shown");
    }),
    check("ends when it is freed, twice is no error", async () => {
      const one = new Signer(keys);
      one.sign({ url: "/" });
      one.free();
      one.free();
      await refuses(() => one.sign({ url: "/" }), "TypeError", "signer_freed");
      await refuses(() => one.stringToSign({ url: "/" }), "TypeError", "signer_freed");
      await refuses(() => one.verify({ url: "/", headers: {} }), "TypeError", "signer_freed");
      equal(new Signer(keys).sign({ url: "/" }).sign.length, 64);
    }),
  ],
};

/** The module's memory grows where a request needs more of it: in the middle of a call, too. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Signer, type SignRequest } from "tuya-auth/server";

const signer = new Signer({ clientId: "client0id", secret: "client0secret" });

/** Requests of about so many bytes; what is signed of them is made inside the module. */
const requests: Readonly<Record<string, (size: number) => SignRequest>> = {
  "a long path": (size) => ({ url: `/${"a".repeat(size)}` }),
  "a query out of order": (size) => ({ url: `/x?b=1&a=${"a".repeat(size)}` }),
  "many pairs": (size) => ({
    url: `/x?${Array.from({ length: size / 8 }, (_, at) => `k${size - at}=1`).join("&")}`,
  }),
  "a form": (size) => ({ method: "POST", url: "/x", body: new URLSearchParams({ a: "x".repeat(size) }) }),
  "a text": (size) => ({ method: "POST", url: "/x", body: "x".repeat(size) }),
  "a signed header": (size) => ({ url: "/x", headers: { a: "x".repeat(size) }, signedHeaders: ["a"] }),
};

describe("a sign during which the memory grows", () => {
  for (const [name, make] of Object.entries(requests)) {
    it(`is the sign that the same request has afterwards: ${name}`, () => {
      for (let size = 1000; size < 1_000_000; size = Math.ceil(size * 1.1)) {
        const request = { ...make(size), t: 1_700_000_000_000, nonce: "n" };
        const { sign } = signer.sign(request);
        assert.match(sign, /^[0-9A-F]{64}$/, `${size} bytes`);
        assert.equal(sign, signer.sign(request).sign, `${size} bytes`);
      }
    });
  }
});

import { Signer } from "tuya-auth/server";

import { vectors as published, requestOf, type Vector } from "../../support/vectors.js";
import { equal } from "../assert.js";
import { check, type Group } from "../group.js";

/** Every published vector: signed as it is printed, verified, and refused when its sign is another one. */
export const vectors: Group = {
  name: "signing vectors",
  checks: published.map((vector) => check(vector.id, () => run(vector))),
};

function run(vector: Vector): void {
  const algorithm = vector.algorithm === "old" ? "legacy" : "current";
  const signer = new Signer({ clientId: vector.client_id, secret: vector.secret, algorithm });
  const request = requestOf(vector);
  if (vector.string_to_sign !== undefined) {
    equal(signer.stringToSign(request), vector.string_to_sign, "string to sign");
  }
  const signed = signer.sign(request);
  equal(signed.sign, vector.sign, "sign");
  equal(signed["Signature-Headers"], vector.signature_headers_value || undefined, "names of signed headers");

  const { method, url, body } = request;
  const headers = [...Object.entries(signed), ...request.headers];
  const received = { method, url, body, headers, now: Number(vector.t) };
  equal(signer.verify(received), { ok: true }, "verdict");
  const sign = vector.sign.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  const verdict = signer.verify({ ...received, sign });
  equal(verdict.ok ? "ok" : verdict.code, "sign_invalid", "verdict on another sign");
  signer.free();
}

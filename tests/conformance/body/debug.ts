import { diagnose, explain } from "tuya-auth/debug";
import { Signer } from "tuya-auth/server";

import { negatives, requestOf, vectors } from "../../support/vectors.js";
import { equal, ok, refuses } from "../assert.js";
import { check, type Group } from "../group.js";

const keys = { clientId: "client0client0client0", secret: "secret0secret0secret0secret0secr" };

/** `tuya-auth/debug`: every stage of a right sign, and the mistake behind a wrong one. */
export const debug: Group = {
  name: "debug",
  checks: [
    ...vectors
      .filter(({ algorithm }) => algorithm === "new")
      .map((vector) =>
        check(`explains ${vector.id}`, () => {
          const { client_id: clientId, secret, access_token: token } = vector;
          const explanation = explain({ clientId, secret }, requestOf(vector));
          equal(explanation.contentSha256, vector.content_sha256, "content hash");
          equal(explanation.stringToSign, vector.string_to_sign, "string to sign");
          equal(explanation.sign, vector.sign, "sign");
          const shown = Object.values(explanation).join("\n");
          ok(!shown.includes(secret), "the secret is shown");
          ok(!token || !shown.includes(token), "the token is shown");
        }),
      ),
    check("names the missing line feed of the documents' example", () => {
      const vector = vectors.find(({ id }) => id === "doc-business-get");
      const negative = negatives.find(({ id }) => id === "header-join-without-trailing-newline");
      if (vector === undefined || negative === undefined) throw new Error("a vector is gone");
      const { client_id: clientId, secret } = vector;
      const found = diagnose({ clientId, secret }, requestOf(vector), negative.sign);
      equal(
        found.matches.map(({ mistakes }) => mistakes),
        [["headers_without_last_newline"]],
      );
      equal(diagnose({ clientId, secret }, requestOf(vector), vector.sign).correct, true, "the right sign");
    }),
    check("names a mistake, or two, of a request that was sent", () => {
      const url = "/v1.0/a?b=1";
      const signer = new Signer(keys);
      const headers = signer.sign({ method: "POST", url, body: '{"a": 1}' });
      const found = diagnose(keys, { method: "POST", url, body: '{"a":1}', headers });
      equal(
        found.matches.map(({ mistakes }) => mistakes),
        [["body_reserialized"]],
      );
      ok((found.matches[0]?.fix ?? "").endsWith("."), "no fix");
      const unsorted = signer.sign({ url: "/v1.0/a?a=1&b=2" });
      const wrong = { url: "/v1.0/a?a=1&b=2", headers: { ...unsorted, sign: unsorted.sign.toLowerCase() } };
      equal(diagnose(keys, wrong).matches[0]?.mistakes, ["lower_case_sign"]);
    }),
    check("finds nothing where no mistake of the catalogue gives the sign", () => {
      const headers = { ...new Signer(keys).sign({ url: "/v1.0/a" }), sign: "0".repeat(64) };
      const { correct, matches } = diagnose(keys, { url: "/v1.0/a", headers });
      equal({ correct, matches }, { correct: false, matches: [] });
    }),
    check("refuses a caller's mistakes, each by its code", async () => {
      await refuses(() => explain({ ...keys, secret: "" }, { url: "/" }), "TypeError", "invalid_secret");
      await refuses(() => diagnose(keys, { url: "/", headers: {} }), "TypeError", "invalid_argument");
    }),
  ],
};

// The built package against Node's own crypto, URL and URLSearchParams, over random requests.
import assert from "node:assert/strict";
import { it } from "node:test";
import { inspect } from "node:util";

import { Signer, type VerifyRequest } from "tuya-auth/server";

import { type RandomRequest, randomRequest } from "../support/random-request.js";
import {
  decodedPairs,
  isForm,
  referenceSign,
  referenceStringToSign,
  sentBody,
} from "../support/reference-sign.js";

const REQUESTS = 110_000;
/** The number of the first; `TUYA_TEST_SEED=…` begins with another, such as one that failed. */
const { TUYA_TEST_SEED = "0" } = process.env;
const FIRST = Number(TUYA_TEST_SEED);

it("signs, sends and verifies random requests as the reference does", async () => {
  let signed = 0;
  let refused = 0;
  for (let seed = FIRST; seed < FIRST + REQUESTS; seed += 1) {
    const random = randomRequest(seed);
    try {
      // What `fetch` makes of the URL; its pathname and search go onto the wire.
      const sent = new URL(random.request.url, "https://openapi.tuyaus.com");
      using signer = new Signer(random.options);
      if (repeatsKey(random, sent) && random.options.allowRepeatedKeys === false) {
        assert.throws(() => signer.sign(random.request), { name: "TypeError", code: "repeated_key" });
        refused += 1;
        continue;
      }
      const headers = assertSigns(signer, random, sent);
      const received = receivedOf(random, sent, headers);
      assert.deepEqual(signer.verify(received), { ok: true });
      if (seed % 16 === 0) {
        assertForgedIsRefused(signer, received);
        await assertFetches(signer, random, sent, headers);
      }
      signed += 1;
    } catch (error) {
      throw new Error(`TUYA_TEST_SEED=${seed}: ${inspect(random, { depth: 9 })}`, { cause: error });
    }
  }
  assert.ok(signed >= 100_000 && refused > 0, `${signed} signed, ${refused} refused for a repeated key`);
});

function repeatsKey(random: RandomRequest, sent: URL): boolean {
  const keys = decodedPairs(random, sent).map(([key]) => key);
  return new Set(keys).size < keys.length;
}

/** Signs, and compares every stage. Gives the headers that travel. */
function assertSigns(signer: Signer, random: RandomRequest, sent: URL): Record<string, string> {
  const { options, request } = random;
  if (options.algorithm === "current") {
    assert.equal(signer.stringToSign(request), referenceStringToSign(random, sent));
  }
  const headers = signer.sign(request);
  assert.deepEqual(headers, {
    client_id: options.clientId,
    sign: referenceSign(random, sent),
    t: String(request.t),
    sign_method: "HMAC-SHA256",
    ...(request.nonce !== "" && { nonce: request.nonce }),
    ...(request.accessToken !== undefined && { access_token: request.accessToken }),
    ...(request.signedHeaders.length > 0 && { "Signature-Headers": request.signedHeaders.join(":") }),
    ...(options.identifier !== undefined && { identifier: options.identifier }),
  });
  return { ...request.headers, ...headers };
}

/** The request as a server receives it. */
function receivedOf(random: RandomRequest, sent: URL, headers: Record<string, string>): VerifyRequest {
  const type = isForm(random) ? { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" } : {};
  return {
    method: random.request.method,
    url: sent.pathname + sent.search,
    headers: { ...headers, ...type },
    body: sentBody(random),
    now: random.request.t,
  };
}

function assertForgedIsRefused(signer: Signer, received: VerifyRequest): void {
  for (const sign of ["", "0".repeat(64), "A".repeat(63)]) {
    const verdict = signer.verify({ ...received, sign });
    assert.equal(!verdict.ok && verdict.code, "sign_invalid");
  }
}

/** What a `Request` holds is what verifies: its method, URL, headers and body, by the runtime's own rules. */
async function assertFetches(
  signer: Signer,
  random: RandomRequest,
  sent: URL,
  headers: Record<string, string>,
): Promise<void> {
  const { body, t } = random.request;
  const method = body !== undefined && /^get$/i.test(random.request.method) ? "POST" : random.request.method;
  if (method !== random.request.method)
    headers = { ...random.request.headers, ...signer.sign({ ...random.request, method }) };
  const made = new Request(sent, {
    method,
    headers,
    body: body === undefined ? null : (body as string | URLSearchParams | Uint8Array<ArrayBuffer>),
  });
  const { pathname, search } = new URL(made.url);
  const received = new Uint8Array(await made.arrayBuffer());
  const verdict = signer.verify({
    method: made.method,
    url: pathname + search,
    headers: made.headers,
    body: received,
    now: t,
  });
  assert.deepEqual(verdict, { ok: true });
}

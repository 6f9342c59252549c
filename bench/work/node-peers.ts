/** Peers that need Node's own modules: Node has them, and workerd by its flag `nodejs_compat`. */

import { Buffer } from "node:buffer";
import { createHash, createHmac, hash, timingSafeEqual } from "node:crypto";

import { TuyaOpenApiClient } from "@tuya/tuya-connector-nodejs";

import { type Headers, headersOf, signingBy } from "./by-hand.js";
import type { Peer } from "./peers.js";
import { clientId, type Input, secret } from "./request.js";
import type { Verifier } from "./verify.js";

const CLOCK_WINDOW_MS = 300_000;

const tuned = signingBy({ sha256, hmac });

/** The peers that use node:crypto. */
export const nodePeers: readonly Peer[] = [
  { name: "node:crypto, the plain way", sign: plain },
  { name: "node:crypto, tuned by hand", sign: tuned },
];

/** What people write: the URL's own classes, both hashes. */
function plain(input: Input): Headers {
  const { method, url, accessToken, t, body = "" } = input;
  const nonce = input.nonce ?? crypto.randomUUID();
  const parsed = new URL(url, "https://host.invalid");
  const pairs = [...parsed.searchParams].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  const query = pairs.map(([key, value]) => `${key}=${value}`).join("&");
  const content = createHash("sha256").update(body).digest("hex");
  const stringToSign = `${method}\n${content}\n\n${parsed.pathname}${query && `?${query}`}`;
  return headersOf(input, nonce, hmac(`${clientId}${accessToken}${t}${nonce}${stringToSign}`));
}

/** The one-shot hash takes half the time of `createHash`; workerd has none. */
function sha256(body: string | Uint8Array): string {
  return hash === undefined ? createHash("sha256").update(body).digest("hex") : hash("sha256", body, "hex");
}

function hmac(text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

/** What is left of verifying once the request is known to be a well-formed one of the typical kind. */
export const nodeVerifier: Verifier = {
  name: "node:crypto, tuned by hand",
  verify({ method = "GET", url, headers, now = Date.now() }) {
    const { t, nonce, access_token: accessToken, sign } = headers as Partial<Headers>;
    if (t === undefined || nonce === undefined || accessToken === undefined || sign === undefined)
      return false;
    if (Math.abs(now - Number(t)) > CLOCK_WINDOW_MS) return false;
    const expected = tuned({ method, url: String(url), accessToken, t: Number(t), nonce });
    return timingSafeEqual(Buffer.from(sign), Buffer.from(expected.sign));
  },
};

/** The official client's own signing, with a store that knows the token already. It takes a body as an object. */
export function officialClient(input: Input): Peer[] {
  if (input.nonce === undefined || input.body instanceof Uint8Array) return [];
  const client = new TuyaOpenApiClient({
    baseUrl: "https://openapi.tuyaus.com",
    accessKey: clientId,
    secretKey: secret,
    store: {
      setTokens: async () => true,
      getAccessToken: async () => input.accessToken,
      getRefreshToken: async () => undefined,
    },
  });
  const body = JSON.parse(input.body ?? "{}");
  return [
    {
      name: "official node client",
      isAsync: true,
      sign: async ({ url, method }) => ({ ...(await client.getSignHeaders(url, method, {}, body)) }),
      // It signs no nonce, its own time, and on a GET the body that it sends there.
      signed: ({ t }) => ({ ...input, t: Number(t), nonce: "", body: input.body ?? "{}" }),
    },
  ];
}

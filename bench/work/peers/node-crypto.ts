/** node:crypto, which Node has, and workerd by its flag `nodejs_compat`, since August 2026 by default. */

import { createHash, createHmac, createSecretKey, hash } from "node:crypto";

import { type Hashes, type Headers, headersOf } from "../by-hand.js";
import { clientId, type Input, secret } from "../typical.js";

/** What people write: the URL's own classes, both hashes. */
export function plain(input: Input): Headers {
  const { method, url, accessToken, t, body = "" } = input;
  const nonce = input.nonce ?? crypto.randomUUID();
  const parsed = new URL(url, "https://host.invalid");
  const pairs = [...parsed.searchParams].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  const query = pairs.map(([key, value]) => `${key}=${value}`).join("&");
  const content = createHash("sha256").update(body).digest("hex");
  const stringToSign = `${method}\n${content}\n\n${parsed.pathname}${query && `?${query}`}`;
  const text = `${clientId}${accessToken}${t}${nonce}${stringToSign}`;
  return headersOf(input, nonce, createHmac("sha256", secret).update(text).digest("hex"));
}

const key = createSecretKey(secret, "utf8");

/** The fastest calls of node:crypto: a `KeyObject` made once, and the one-shot hash where the runtime has it. */
export const tuned: Hashes<string> = {
  sha256: (body) =>
    hash === undefined ? createHash("sha256").update(body).digest("hex") : hash("sha256", body, "hex"),
  hmac: (text) => createHmac("sha256", key).update(text).digest("hex"),
};

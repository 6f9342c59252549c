/** Signing one business request, from request object to header object, nonce given, empty body. */

import { createHash, createHmac } from "node:crypto";

import { Signer } from "tuya-auth/server";

import type { Candidate } from "./measure.js";

// The published pair of keys.
const clientId = "1KAD46OrT9HafiKdsXeg";
const secret = "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC";

const request = {
  method: "GET",
  url: "/v2.0/apps/schema/users?page_no=1&page_size=50",
  accessToken: "3f4eda2bdec17232f67c0b188af3eec1",
  t: 1_588_925_778_000,
  nonce: "5138cc3a9033d69856923fd07b491173",
};

type Headers = Record<string, string>;

/** The candidates, after they have been seen to give the same headers. */
export function signing(): Candidate[] {
  const signer = new Signer({ clientId, secret });
  const candidates: { name: string; run: () => Headers }[] = [
    { name: "tuya-auth", run: () => signer.sign(request) },
    { name: "node:crypto, the plain way", run: plain },
    { name: "node:crypto, tuned by hand", run: tuned },
  ];
  const [first, ...others] = candidates.map(({ run }) => JSON.stringify(Object.entries(run()).sort()));
  if (others.some((headers) => headers !== first)) throw new Error("the candidates sign differently");
  return candidates;
}

/** What people write: the URL's own classes, both hashes. */
function plain(): Headers {
  const { method, url, accessToken, t, nonce } = request;
  const parsed = new URL(url, "https://host.invalid");
  const pairs = [...parsed.searchParams].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  const query = pairs.map(([key, value]) => `${key}=${value}`).join("&");
  const content = createHash("sha256").update("").digest("hex");
  const stringToSign = `${method}\n${content}\n\n${parsed.pathname}${query && `?${query}`}`;
  return headersOf(`${clientId}${accessToken}${t}${nonce}${stringToSign}`);
}

const EMPTY = createHash("sha256").update("").digest("hex");

/** As little as this very request needs. */
function tuned(): Headers {
  const { method, url, accessToken, t, nonce } = request;
  const [path, query = ""] = url.split("?");
  const sorted = query.split("&").sort().map(decodeURIComponent).join("&");
  return headersOf(`${clientId}${accessToken}${t}${nonce}${method}\n${EMPTY}\n\n${path}?${sorted}`);
}

function headersOf(text: string): Headers {
  const { accessToken, t, nonce } = request;
  const sign = createHmac("sha256", secret).update(text).digest("hex").toUpperCase();
  return {
    client_id: clientId,
    sign,
    t: String(t),
    sign_method: "HMAC-SHA256",
    nonce,
    access_token: accessToken,
  };
}

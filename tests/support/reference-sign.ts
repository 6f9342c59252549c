import { createHash, createHmac } from "node:crypto";

import type { RandomRequest } from "./random-request.js";

/** A body in the bytes that `fetch` sends. */
export function sentBody({ request: { body } }: RandomRequest): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(body === undefined ? "" : body.toString(), "utf8");
}

/** Whether the body is a form, by its type or its `Content-Type`. */
export function isForm({ request: { body, headers } }: RandomRequest): boolean {
  return (
    body instanceof URLSearchParams ||
    /^application\/x-www-form-urlencoded/i.test(headers["Content-Type"] ?? "")
  );
}

/** The decoded pairs of query and form: out of the URL that `fetch` requests. */
export function decodedPairs(random: RandomRequest, sent: URL): [key: string, value: string][] {
  const form = isForm(random) ? sentBody(random).toString("utf8") : "";
  // The constructor drops a leading question mark.
  return [...sent.searchParams, ...new URLSearchParams(`?${form}`)];
}

/** `docs/protocol.md`, section 2, written as plainly as the section itself. */
export function referenceStringToSign(random: RandomRequest, sent: URL): string {
  const { method, headers, signedHeaders } = random.request;
  const hashed = isForm(random) ? "" : sentBody(random);
  const contentSha256 = createHash("sha256").update(hashed).digest("hex");
  const lines = signedHeaders.map((name) => `${name}:${headers[name]}\n`).join("");
  const path = random.options.pathEncoding === "decoded" ? decodeURIComponent(sent.pathname) : sent.pathname;
  const pairs = decodedPairs(random, sent)
    .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([key, value]) => `${key}=${value}`);
  const url = pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
  return `${method.toUpperCase()}\n${contentSha256}\n${lines}\n${url}`;
}

/** The `sign` header, by Node's own HMAC. */
export function referenceSign(random: RandomRequest, sent: URL): string {
  const { options, request } = random;
  const front = `${options.clientId}${request.accessToken ?? ""}${request.t}`;
  const rest = `${request.nonce}${options.identifier ?? ""}${referenceStringToSign(random, sent)}`;
  const text = options.algorithm === "legacy" ? front : front + rest;
  return createHmac("sha256", options.secret).update(text).digest("hex").toUpperCase();
}

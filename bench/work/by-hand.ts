/**
 * What everybody has to do around the two hashes, written for speed and for these requests alone: so that a peer is
 * measured at its best, each gets it.
 */

import { clientId, type Input } from "./typical.js";

/** The headers of a signed request. */
export type Headers = Record<string, string> & { sign: string; t: string; nonce?: string };

/** Signs, at once or later. */
export type Sign<Result> = (input: Input) => Result;

/** The two hashes, as lower-case hex. */
export interface Hashes<Hex> {
  sha256(body: string | Uint8Array): Hex;
  hmac(text: string): Hex;
}

const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Signs by these hashes; that of no body is known. */
export function signingBy({ sha256, hmac }: Hashes<string>): Sign<Headers> {
  return (input) => {
    const nonce = input.nonce ?? crypto.randomUUID();
    const text = textToSign(input, nonce, input.body === undefined ? EMPTY : sha256(input.body));
    return headersOf(input, nonce, hmac(text));
  };
}

/** The same where the hashes come later. */
export function signingLaterBy({ sha256, hmac }: Hashes<Promise<string>>): Sign<Promise<Headers>> {
  return async (input) => {
    const nonce = input.nonce ?? crypto.randomUUID();
    const text = textToSign(input, nonce, input.body === undefined ? EMPTY : await sha256(input.body));
    return headersOf(input, nonce, await hmac(text));
  };
}

/** As little as a query without a `+` or a key that is a part of another needs. */
function textToSign({ method, url, accessToken, t }: Input, nonce: string, content: string): string {
  const mark = url.indexOf("?");
  const target = mark < 0 ? url : `${url.slice(0, mark)}?${sorted(url.slice(mark + 1))}`;
  return `${clientId}${accessToken}${t}${nonce}${method}\n${content}\n\n${target}`;
}

function sorted(query: string): string {
  const pairs = query.split("&").sort();
  return (query.includes("%") ? pairs.map(decodeURIComponent) : pairs).join("&");
}

/** The headers that carry a sign. */
export function headersOf({ accessToken, t }: Input, nonce: string, digits: string): Headers {
  return {
    client_id: clientId,
    sign: digits.toUpperCase(),
    t: String(t),
    sign_method: "HMAC-SHA256",
    nonce,
    access_token: accessToken,
  };
}

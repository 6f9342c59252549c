import type { Hashes } from "../by-hand.js";
import { secret } from "../typical.js";

const encoder = new TextEncoder();
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** WebCrypto with its key made once. */
export async function webCrypto(): Promise<Hashes<Promise<string>>> {
  const { subtle } = crypto;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  return {
    sha256: async (body) => hex(await subtle.digest("SHA-256", bytesOf(body))),
    hmac: async (text) => hex(await subtle.sign("HMAC", key, encoder.encode(text))),
  };
}

function hex(digest: ArrayBuffer): string {
  let text = "";
  for (const byte of new Uint8Array(digest)) text += digits[byte];
  return text;
}

function bytesOf(body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof body === "string" ? encoder.encode(body) : (body as Uint8Array<ArrayBuffer>);
}

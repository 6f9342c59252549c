import { toBase64url } from "../base64url.js";
import { randomBytes } from "../entropy.js";

/** Random secrets that a browser keeps in cookies, and the hashes under which the store knows them. */

/** 256 random bits in base64url: 43 characters. */
export function newSecret(): string {
  return toBase64url(randomBytes(32));
}

/** Whether a cookie's value has the form of a {@link newSecret}; anything else was not made here. */
export function isSecret(value: string | undefined): value is string {
  return value !== undefined && /^[\w-]{43}$/.test(value);
}

/** SHA-256 in base64url. What the store holds does not open a session or pass for a browser's secret. */
export async function hashOf(secret: string): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))));
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function equalHashes(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

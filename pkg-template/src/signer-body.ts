import { BodyKind, digest, type HashedBody } from "./body-kind.js";
import * as check from "./check.js";
import { argumentError } from "./errors.js";
import { type HeadersInput, headerPairs, type SignRequest, type VerifyRequest } from "./signer-request.js";

/** A body as the modules take it. A text is encoded on its way. */
export interface BodyParts {
  readonly content: string | Uint8Array;
  readonly kind: number;
}

const FORM = "application/x-www-form-urlencoded";

/** @throws `TypeError` of code `invalid_argument`, or `bad_escape` for a form that is not UTF-8 */
export function bodyOf(body: SignRequest["body"], headers: HeadersInput | undefined): BodyParts {
  if (body === undefined) return { content: "", kind: BodyKind.bytes };
  if (body instanceof URLSearchParams) return { content: body.toString(), kind: BodyKind.form };
  if (isHashed(body)) return { content: body[digest](), kind: BodyKind.sha256 };
  if (typeof body !== "string" && !(body instanceof Uint8Array))
    throw argumentError("invalid_argument", "body");
  if (headers === undefined || mediaType(headers) !== FORM) return { content: body, kind: BodyKind.bytes };
  return { content: typeof body === "string" ? body : decoded(body), kind: BodyKind.form };
}

function isHashed(body: unknown): body is HashedBody {
  return typeof body === "object" && body !== null && digest in body;
}

/** The bytes of a body that arrived. */
export function bytesOf(body: VerifyRequest["body"]): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(
    body instanceof URLSearchParams ? body.toString() : check.text(body ?? "", "body"),
  );
}

function mediaType(headers: HeadersInput): string | undefined {
  const value = headerPairs(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return value?.split(";", 1)[0]?.trim().toLowerCase();
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw argumentError("bad_escape", "body");
  }
}

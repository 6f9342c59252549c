import type { CloudFailure, TuyaAuthError, TuyaAuthErrorCode } from "./errors.js";
import { failure } from "./failure.js";
import { cloudCodes } from "./generated/tables.js";

/** A successful answer of the cloud's. */
export interface Answer<T> {
  readonly result: T;
  /** The cloud's time in ms since the epoch. */
  readonly t: number | undefined;
  /** The cloud's id of the request, for its support. */
  readonly tid: string | undefined;
}

/** Longest message of the cloud's that is kept, in UTF-16 units. */
const MAX_MESSAGE = 500;

/**
 * @internal The answer's JSON. The parser's own error is not kept as the cause: it quotes the text, which may hold a token.
 *
 * @throws `TuyaAuthError` of code `malformed_response`, `rate_limited` or `unavailable` where it is no JSON
 */
export async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    const detail = `status ${response.status}`;
    if (response.status === 429) throw failure("rate_limited", { detail });
    if (response.status >= 500) throw failure("unavailable", { detail });
    throw malformed(`no JSON, ${detail}`);
  }
}

/**
 * Takes an answer's envelope off. The cloud reports failures with HTTP status 200, so only `success` counts.
 *
 * @param json the answer's body, parsed
 * @throws `TuyaAuthError`: what the cloud's code stands for (`cloud_error` when it is unknown), with the cloud's own
 * words in `tuya`; `malformed_response` when it is no such envelope
 */
export function readAnswer(json: unknown): Answer<unknown> {
  if (typeof json !== "object" || json === null) throw malformed("body");
  const { success, result, code, msg, t, tid } = json as Readonly<Record<string, unknown>>;
  const stamp = {
    t: typeof t === "number" && Number.isFinite(t) ? t : undefined,
    tid: typeof tid === "string" ? tid : undefined,
  };
  if (success === true) return { result, ...stamp };
  if (success !== false || typeof code !== "number") throw malformed("success");
  throw cloudError({ code, msg: typeof msg === "string" ? msg.slice(0, MAX_MESSAGE) : "", ...stamp });
}

/** The error for an answer that is not what the documents say; `field` names the part. */
export function malformed(field: string, cause?: unknown): TuyaAuthError {
  return failure("malformed_response", { detail: field, cause });
}

function cloudError(tuya: CloudFailure): TuyaAuthError {
  const codes: Readonly<Record<number, TuyaAuthErrorCode>> = cloudCodes;
  const code = codes[tuya.code] ?? "cloud_error";
  return failure(code, { detail: `the cloud's code ${tuya.code}`, tuya });
}

import { errorCodes } from "./generated/tables.js";

type Row = (typeof errorCodes)[number];

/** Stable codes of a caller's mistakes: the `code` of the `TypeError` that is thrown at once. */
export type ArgumentErrorCode = Extract<Row, { readonly 2: "argument" }>[1];

/** Stable codes of protocol failures: the `code` of a `TuyaAuthError`. */
export type TuyaAuthErrorCode = Extract<Row, { readonly 2: "protocol" }>[1];

/** What the cloud itself said in a failure. */
export interface CloudFailure {
  /** The cloud's own code, such as 1010. */
  readonly code: number;
  /** The cloud's own message. Untrusted text: show it as data. */
  readonly msg: string;
  /** The cloud's id of the request, for its support. */
  readonly tid: string | undefined;
  /** The cloud's time in ms since the epoch. */
  readonly t: number | undefined;
}

/** What is known about a failure beside its code. */
export interface FailureDetails {
  /** The part at fault, such as a parameter's name; shown in the message, so never a secret. */
  readonly detail?: string | undefined;
  readonly tuya?: CloudFailure | undefined;
  readonly cause?: unknown;
}

/**
 * The protocol went wrong: the cloud, the browser, the network or the store. Holds no secret and no token.
 */
export class TuyaAuthError extends Error {
  /** Stable; branch on this. */
  readonly code: TuyaAuthErrorCode;
  /** Whether the same call may succeed later without any change. */
  readonly retryable: boolean;
  /** What the user of the library can do about it, in words. */
  declare readonly action?: string;
  /** What the cloud said, when it was the cloud that failed the call. */
  declare readonly tuya?: CloudFailure;

  constructor(code: TuyaAuthErrorCode, { detail, tuya, cause }: FailureDetails = {}) {
    const [, , , retryable, message, action] = rowOf(code);
    super(described(message, detail), cause === undefined ? undefined : { cause });
    this.name = "TuyaAuthError";
    this.code = code;
    this.retryable = retryable;
    if (action !== undefined) this.action = action;
    if (tuya !== undefined) this.tuya = tuya;
  }
}

/** A `TypeError` with a stable code: what a caller's mistake throws. */
export interface ArgumentError extends TypeError {
  readonly code: ArgumentErrorCode;
}

/**
 * The error of a caller's mistake.
 *
 * @param detail the option at fault; shown in the message, so never a secret
 */
export function argumentError(code: ArgumentErrorCode, detail?: string): ArgumentError {
  const [, , , , message] = rowOf(code);
  return Object.assign(new TypeError(described(message, detail)), { code });
}

/**
 * Turns what a WebAssembly module threw into the error that it stands for. The modules throw strings: an error's
 * number in the table, then, after a space, a detail.
 *
 * @returns never; throws a `TypeError` with `code`, a `TuyaAuthError`, or `thrown` itself when it is no such string
 */
export function fail(thrown: unknown): never {
  throw errorOf(thrown);
}

/** What {@link fail} throws. */
export function errorOf(thrown: unknown): unknown {
  if (typeof thrown !== "string") return thrown;
  const space = thrown.indexOf(" ");
  const id = Number(space < 0 ? thrown : thrown.slice(0, space));
  const detail = space < 0 ? undefined : thrown.slice(space + 1);
  const row = errorCodes.find((known) => known[0] === id);
  if (row === undefined) return new Error(`the module threw an unknown error: ${id}`);
  if (row[2] === "argument") return argumentError(row[1], detail);
  if (row[1] === "access_denied" || row[1] === "authorization_error") {
    return new TuyaAuthError(row[1], { cause: refusal(detail ?? "") });
  }
  return new TuyaAuthError(row[1], { detail });
}

/** What the authorization page said, as data under RFC 6749's names; the texts come from the callback's URL. */
export interface Refusal {
  readonly error: string;
  readonly error_description?: string;
}

function refusal(said: string): Refusal {
  const [error = "", description = ""] = said.split("\n", 2);
  return description === "" ? { error } : { error, error_description: description };
}

function rowOf(code: Row[1]): Row {
  const row = errorCodes.find((known) => known[1] === code);
  if (row === undefined) throw new TypeError(`no such error code: ${code}`);
  return row;
}

/** Control characters are escaped: a detail may be a query's key, and that may hold a line break. */
function described(message: string, detail: string | undefined): string {
  if (detail === undefined || detail === "") return message;
  const escaped = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${message} (${detail.replace(/\p{Cc}/gu, escaped)})`;
}

import {
  argumentErrors,
  type handlerErrors,
  pageErrors,
  retryableErrors,
  type serverErrors,
} from "./generated/tables.js";

/** Stable codes of a caller's mistakes: the `code` of the `TypeError` that is thrown at once. */
export type ArgumentErrorCode = keyof typeof argumentErrors;

/** Stable codes of protocol failures: the `code` of a `TuyaAuthError`. */
export type TuyaAuthErrorCode =
  | keyof typeof pageErrors
  | keyof typeof serverErrors
  | keyof typeof handlerErrors;

/** Protocol failures as the tables have them. */
export type Failures = Readonly<Record<string, readonly [message: string, action: string]>>;

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

  /** The package makes these. Of a code that only its server's half throws, this knows no text. */
  constructor(code: TuyaAuthErrorCode, details?: FailureDetails);
  /** @internal */
  constructor(code: TuyaAuthErrorCode, details?: FailureDetails, further?: Failures);
  constructor(code: TuyaAuthErrorCode, { detail, tuya, cause }: FailureDetails = {}, further: Failures = {}) {
    const known: Failures = { ...pageErrors, ...further };
    const [message = code, action] = Object.hasOwn(known, code) ? (known[code] ?? []) : [];
    super(described(message, detail), cause === undefined ? undefined : { cause });
    this.name = "TuyaAuthError";
    this.code = code;
    this.retryable = retryableErrors.includes(code);
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
  return Object.assign(new TypeError(described(argumentErrors[code], detail)), { code });
}

/**
 * Turns what a WebAssembly module threw into the error that it stands for. The modules throw strings: an error's place in
 * the tables, then, after a space, a detail.
 *
 * @param further the failures that the module knows beyond the page's
 * @returns never; throws a `TypeError` with `code`, a `TuyaAuthError`, or `thrown` itself when it is no such string
 */
export function fail(thrown: unknown, further: Failures): never {
  if (typeof thrown !== "string") throw thrown;
  const [, place, detail = ""] = /^(\d+) ?(.*)$/s.exec(thrown) ?? [];
  const code = Object.keys({ ...argumentErrors, ...pageErrors, ...further })[Number(place)];
  if (code === undefined) throw new Error(`the module threw an unknown error: ${place}`);
  if (isArgumentErrorCode(code)) throw argumentError(code, detail);
  const isRefusal = code === "access_denied" || code === "authorization_error";
  throw new TuyaAuthError(
    code as TuyaAuthErrorCode,
    isRefusal ? { cause: refusal(detail) } : { detail },
    further,
  );
}

/** Whether a code is that of a caller's mistake. */
export function isArgumentErrorCode(code: string): code is ArgumentErrorCode {
  return Object.hasOwn(argumentErrors, code);
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

/** Control characters are escaped: a detail may be a query's key, and that may hold a line break. */
function described(message: string, detail: string | undefined): string {
  if (!detail) return message;
  const escaped = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${message} (${detail.replace(/\p{Cc}/gu, escaped)})`;
}

import {
  type ArgumentError,
  type ArgumentErrorCode,
  isArgumentErrorCode,
  TuyaAuthError,
  type TuyaAuthErrorCode,
} from "../errors.js";
import { handlerErrors } from "../generated/tables.js";

/** The code of a failure of the handler itself or of a function that the application gave it. */
export type FailureCode = TuyaAuthErrorCode | ArgumentErrorCode | "internal_error";

/** What a browser is told of a failure: nothing that came from outside, and no cause. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly retryable: boolean;
  /** What to do about it, in words. */
  readonly action?: string;
  /** The HTTP status that says as much. */
  readonly status: number;
}

const statuses: Partial<Record<TuyaAuthErrorCode, number>> = {
  callback_malformed: 400,
  state_missing: 400,
  state_mismatch: 400,
  wrong_data_center: 400,
  authorization_error: 400,
  code_missing: 400,
  code_invalid: 400,
  parameter_invalid: 400,
  session_missing: 401,
  access_denied: 403,
  permission_denied: 403,
  origin_mismatch: 403,
  subject_mismatch: 403,
  relink_required: 409,
  not_linked: 409,
  rate_limited: 429,
  unavailable: 503,
  lock_timeout: 503,
  store_failed: 503,
  timeout: 504,
  decryption_failed: 500,
};

/** The status of a protocol failure that is the cloud's or the network's. */
const BAD_GATEWAY = 502;

/** A failure that only the handler has. */
export function handlerFailure(code: keyof typeof handlerErrors): TuyaAuthError {
  return new TuyaAuthError(code, {}, handlerErrors);
}

/** Describes whatever was thrown. Only errors of this package are described by their own words. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TuyaAuthError) {
    const { code, message, retryable, action } = error;
    const status = statuses[code] ?? BAD_GATEWAY;
    return { code, message, retryable, status, ...(action !== undefined && { action }) };
  }
  if (isArgumentError(error)) {
    return { code: error.code, message: error.message, retryable: false, status: 400 };
  }
  return { code: "internal_error", message: "Something went wrong.", retryable: true, status: 500 };
}

/**
 * Options are checked when the handler is made, so that a caller's mistake found later is the request's, such as a
 * repeated query key.
 */
function isArgumentError(error: unknown): error is ArgumentError {
  return error instanceof TypeError && "code" in error && isArgumentErrorCode(String(error.code));
}

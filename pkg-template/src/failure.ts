import { type FailureDetails, TuyaAuthError, type TuyaAuthErrorCode } from "./errors.js";
import { serverErrors } from "./generated/tables.js";

/** A failure of which code ever: what the server's half throws. A page carries the texts of its own failures only. */
export function failure(code: TuyaAuthErrorCode, details?: FailureDetails): TuyaAuthError {
  return new TuyaAuthError(code, details, serverErrors);
}

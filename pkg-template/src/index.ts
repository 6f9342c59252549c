/**
 * `tuya-auth`: the half without secrets, for pages and everything else. Begins a link and reads what came back.
 *
 * @module
 */

import * as authorization from "./authorization.js";
import { page } from "./page.js";
import type { WebURL, WebURLSearchParams } from "./web-types.js";

export type { Authorization, AuthorizationOptions, Callback, CallbackExpectation } from "./authorization.js";
export {
  type AnyDataCenterCode,
  type DataCenter,
  type DataCenterCode,
  dataCenterForCountry,
  dataCenters,
} from "./data-center.js";
export {
  type ArgumentError,
  type ArgumentErrorCode,
  type CloudFailure,
  type Refusal,
  TuyaAuthError,
  type TuyaAuthErrorCode,
} from "./errors.js";
export { allowInsecure } from "./insecure.js";

/**
 * Builds the URL that begins a link, with a fresh state unless one is given. Keep the state in the browser until the
 * callback, for {@link parseCallback}.
 *
 * @throws `TypeError` with a `code`: `invalid_url`, `insecure_url`, `invalid_client_id`, `invalid_data_center`,
 * `invalid_state`, `reserved_parameter`, `repeated_key`, `bad_escape`, `invalid_argument`
 */
export function createAuthorization(
  options: authorization.AuthorizationOptions,
): authorization.Authorization {
  return authorization.createAuthorization(page, options);
}

/**
 * Checks a callback, in this order: shape, state (in constant time), data center, `error`, `code`.
 *
 * @param input the callback's URL or its query
 * @throws `TuyaAuthError`: `callback_malformed`, `state_missing`, `state_mismatch`, `wrong_data_center`,
 * `access_denied` or `authorization_error` (what the page said is the `cause`, as data), `code_missing`
 */
export function parseCallback(
  input: string | WebURL | WebURLSearchParams,
  expected: authorization.CallbackExpectation,
): authorization.Callback {
  return authorization.parseCallback(page, input, expected);
}

/**
 * Compiles the WebAssembly module ahead of use. Needed only where a page's main thread may not compile at once:
 * Chrome before 115.
 */
export function ready(): Promise<void> {
  return page.ready();
}

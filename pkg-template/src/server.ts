/**
 * `tuya-auth/server`: the half with secrets, and all of the other half. Signs, exchanges codes, keeps tokens fresh and
 * makes calls.
 *
 * @module
 */

import * as authorization from "./authorization.js";
import { core } from "./core.js";
import type { WebURL, WebURLSearchParams } from "./web-types.js";

export type { Answer } from "./answer.js";
export type { Authorization, AuthorizationOptions, Callback, CallbackExpectation } from "./authorization.js";
export type { ClientEvent } from "./client/events.js";
export type {
  CallRequest,
  DataCenterChoice,
  Fetch,
  QueryValue,
  TuyaClientOptions,
  WaitOptions,
} from "./client/options.js";
export { type Calls, TuyaClient } from "./client.js";
export { ContentHash } from "./content-hash.js";
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
export { memoryStore } from "./memory-store.js";
export type { EncryptionKey, WebCryptoKey } from "./sealing/encryption-key.js";
export { type SignedHeaders, Signer, type Verdict } from "./signer.js";
export type { SignerOptions } from "./signer-options.js";
export type { HeadersInput, SignRequest, VerifyRequest } from "./signer-request.js";
export type { Lock, SetOptions, Store, StoredValue } from "./store.js";
export {
  buildTokenRequest,
  parseTokenResponse,
  type TokenGrant,
  type TokenRequest,
  type TokenSet,
} from "./token.js";

/**
 * Builds the URL that begins a link, with a fresh state unless one is given. Bind the state to the browser, for
 * {@link parseCallback}.
 *
 * @throws `TypeError` with a `code`: `invalid_url`, `insecure_url`, `invalid_client_id`, `invalid_data_center`,
 * `invalid_state`, `reserved_parameter`, `repeated_key`, `bad_escape`, `invalid_argument`
 */
export function createAuthorization(
  options: authorization.AuthorizationOptions,
): authorization.Authorization {
  return authorization.createAuthorization(core, options);
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
  return authorization.parseCallback(core, input, expected);
}

/** Compiles the WebAssembly module ahead of use; without it the first use does. */
export function ready(): Promise<void> {
  return core.ready();
}

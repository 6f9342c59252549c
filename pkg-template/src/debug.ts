/**
 * `tuya-auth/debug`: why a sign is wrong. Its own WebAssembly module, so that nobody pays for it who does not use it.
 *
 * @module
 */
export {
  type Credentials,
  type DiagnoseRequest,
  type Diagnosis,
  diagnose,
  type Match,
  type Meant,
  type MistakeId,
} from "./debug/diagnose.js";
export { type Explanation, explain } from "./debug/explain.js";
export type { ArgumentError, ArgumentErrorCode } from "./errors.js";
export type { SignerOptions } from "./signer-options.js";
export type { HeadersInput, SignRequest, VerifyRequest } from "./signer-request.js";

/** The Tuya cloud's side of authorization, in this process: to build and test against. */

export { type Cloud, type CloudOptions, createCloud } from "./emulator/cloud.js";
export type {
  CloudAnswer,
  CloudRequest,
  FaultRule,
  RequestRecord,
  Revocation,
  RevokedTokens,
  SignDiagnosis,
  TokenFilter,
} from "./emulator/messages.js";
export { memoryRows, type Row, type RowStorage } from "./emulator/rows.js";
export { seed } from "./generated/seed.js";

/** The tables of a runtime without Node's modules. */

import { readingCallback } from "./callback.js";
import type { Tables } from "./candidate.js";
import { diagnosing } from "./diagnose.js";
import { signing } from "./sign.js";
import { verifying } from "./verify.js";

export const tables: Tables = {
  ...signing(() => []),
  verify: () => verifying([]),
  callback: readingCallback,
  ...diagnosing,
};

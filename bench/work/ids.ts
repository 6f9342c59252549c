/** The ids of the tables, in the report's order. */

import { inputs } from "./inputs.js";

export const ids: readonly string[] = [
  ...inputs.keys(),
  "verify",
  "callback",
  "diagnose, simple request",
  "diagnose, rich request",
];

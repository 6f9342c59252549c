/** A local Tuya cloud for tests that vitest runs, in its Node environment. */

import { afterAll, beforeAll } from "vitest";

import type { CloudOptions } from "./cloud.js";
import { cloudFor, type UsedCloud } from "./used-cloud.js";

export { seed } from "../emulator.js";
export type { UsedCloud } from "./used-cloud.js";

/**
 * Serves a new cloud on a free port while the tests of this file run, or those of the `describe` that calls it.
 *
 * @throws Error by its members when no test runs, and in the first hook what `createCloud` would throw
 */
export function useCloud(options: CloudOptions = {}): UsedCloud {
  return cloudFor({ before: beforeAll, after: afterAll }, options);
}

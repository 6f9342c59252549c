import assert from "node:assert/strict";

/** Runs what a caller has written wrongly: it must throw, or reject with, a `TypeError` of that stable code. */
export async function assertArgumentError(run: () => unknown, code: string, what: string): Promise<void> {
  await assert.rejects(async () => run(), { name: "TypeError", code }, what);
}

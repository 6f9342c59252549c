import assert from "node:assert/strict";
import type { Report } from "./trace.js";

/**
 * What must hold when calls at once have found a token expired: it was replaced once, none of them failed, and none that
 * had begun to read after the new token was stored sent the old one.
 *
 * @param reports of all processes together
 * @param old the access token that was replaced
 * @param count how many calls there must have been at least
 */
export function assertOneReplacement(reports: readonly Report[], old: string, count: number): void {
  const calls = reports.flatMap((report) => report.calls);
  assert.ok(calls.length >= count, `${calls.length} calls`);
  assert.deepEqual(new Set(calls.map(({ error }) => error)), new Set([undefined]));

  const stored = reports.flatMap((report) => report.stored);
  assert.equal(stored.length, 1, "tokens were stored more than once");
  const [{ token, storedAt } = { token: "", storedAt: Number.NaN }] = stored;
  assert.notEqual(token, old);
  for (const { sent } of calls) {
    assert.equal(sent.at(-1)?.token, token, "a call was answered without the new token");
    for (const one of sent) {
      assert.ok(one.token === token || one.token === old, "a token that nobody stored");
      assert.ok(
        one.token === token || one.readAt <= storedAt,
        "the old token was sent after the new one was stored",
      );
    }
  }
  // Else nothing was seen of what the last line forbids.
  assert.ok(calls.some(({ readAt }) => readAt > storedAt) && calls.some(({ readAt }) => readAt <= storedAt));
}

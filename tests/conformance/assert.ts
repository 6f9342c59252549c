/** The few assertions of the conformance suite: `node:assert` is not everywhere. */

/** What an assertion throws. */
class Unmet extends Error {
  override readonly name = "Unmet";
}

/** Fails unless `held`. */
export function ok(held: boolean, what: string): void {
  if (!held) throw new Unmet(what);
}

/** Fails unless both are the same as JSON, whatever the order of their keys. */
export function equal(found: unknown, expected: unknown, what = "value"): void {
  const [left, right] = [text(found), text(expected)];
  ok(left === right, `${what}: expected ${right}, found ${left}`);
}

/** Fails unless the text has that form. */
export function match(found: string | null | undefined, form: RegExp, what = "text"): void {
  ok(typeof found === "string" && form.test(found), `${what}: expected ${form}, found ${found}`);
}

/** Fails unless `run` throws, or rejects with, an error of this class name and stable code. */
export async function refuses(
  run: () => unknown,
  name: "TypeError" | "TuyaAuthError",
  code: string,
  what = code,
): Promise<void> {
  const error = await caught(run);
  ok(error !== undefined, `${what}: nothing was thrown`);
  equal({ name: error?.name, code: error?.code }, { name, code }, what);
}

/** What `run` throws or rejects with; `undefined` when it does not. */
export async function caught(run: () => unknown): Promise<(Error & { readonly code?: string }) | undefined> {
  try {
    await run();
  } catch (error) {
    return error as Error;
  }
  return undefined;
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (isRecord(inner) ? sorted(inner) : inner)) ?? "undefined";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}

import { type ArgumentErrorCode, argumentError } from "./errors.js";

/** The value if it is a string, of this form where one is given, else a `TypeError` that names the option. */
export function text(
  value: unknown,
  option: string,
  code: ArgumentErrorCode = "invalid_argument",
  form?: RegExp,
): string {
  if (typeof value !== "string" || form?.test(value) === false) throw argumentError(code, option);
  return value;
}

/** A string, or nothing. */
export function optionalText(value: unknown, option: string, code?: ArgumentErrorCode): string | undefined {
  return value === undefined ? undefined : text(value, option, code);
}

/** A URL's text; it is checked where it is used. */
export function urlText(value: unknown, option: string): string {
  return value instanceof URL ? value.href : text(value, option, "invalid_url");
}

/** The pairs of a query or form, of one value each. */
export function pairs<T>(value: URLSearchParams | Readonly<Record<string, T>>, option: string) {
  return value instanceof URLSearchParams ? [...value] : Object.entries(options(value, option));
}

/** The argument if it is an object, else a `TypeError` that names it. */
export function options<T extends object>(value: T, name = "options"): T {
  if (typeof value !== "object" || value === null) throw argumentError("invalid_argument", name);
  return value;
}

/** One of a few words. */
export function oneOf<T extends string>(value: T, words: readonly T[], option: string): T {
  if (!words.includes(value)) throw argumentError("invalid_argument", option);
  return value;
}

/** A function, or nothing. */
export function optionalFunction<T>(value: T | undefined, option: string): T | undefined {
  if (value !== undefined && typeof value !== "function") throw argumentError("invalid_argument", option);
  return value;
}

/** A span of time in ms: more than none, at most `longest`. */
export function duration(value: unknown, option: string, longest: number): number {
  if (!(typeof value === "number" && value > 0 && value <= longest)) {
    throw argumentError("invalid_argument", option);
  }
  return value;
}

/** A token: printable ASCII without spaces, so that it can travel in a header. */
export function token(value: unknown, option: string): string {
  return text(value, option, "invalid_token", /^[!-~]{1,1024}$/);
}

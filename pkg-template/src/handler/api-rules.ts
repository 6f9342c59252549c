import * as check from "../check.js";
import { argumentError } from "../errors.js";

/** A call that pages may make, with settings of its own. */
export interface ApiRule {
  /**
   * A method and a path, such as `GET /v1.0/users/{uid}/devices`. Segments are literal, `{uid}` (the linked user's, or
   * `me` in its place) or `{name}` (any of `A-Z a-z 0-9 _ -`).
   */
  readonly pattern: string;
  /** Lets the answer's `local_key`s through to the page: whoever reads one controls the device on its network. */
  readonly exposeLocalKeys?: boolean | undefined;
}

/** A rule that was checked. */
export interface CheckedRule {
  readonly method: string;
  readonly segments: readonly string[];
  readonly exposeLocalKeys: boolean;
}

/** A call that a rule allows. */
export interface AllowedCall {
  /** The path to send, with the linked user's id filled in. */
  readonly path: string;
  readonly exposeLocalKeys: boolean;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const LITERAL = /^[A-Za-z0-9._~-]+$/;
const PARAMETER = /^\{[A-Za-z_]\w*\}$/;
const VALUE = /^[A-Za-z0-9_-]+$/;

/**
 * Checks the rules of a handler.
 *
 * @throws TypeError `invalid_argument` for a pattern that has another form, that reaches token calls or calls that log
 * a user in, whose first two segments are not literal (it could reach token calls by its parameters), or that has
 * another parameter than `{uid}` after `users`
 */
export function checkRules(rules: readonly (string | ApiRule)[]): readonly CheckedRule[] {
  if (!Array.isArray(rules)) throw argumentError("invalid_argument", "api");
  return rules.map((rule: string | ApiRule, index) => {
    const given = typeof rule === "string" ? { pattern: rule } : check.options(rule, `api[${index}]`);
    const checked = checkedRule(given);
    if (checked === undefined) throw argumentError("invalid_argument", `api[${index}]`);
    return checked;
  });
}

function checkedRule({ pattern, exposeLocalKeys = false }: ApiRule): CheckedRule | undefined {
  const [, method, path] = /^([A-Z]+) \/(\S+)$/.exec(pattern) ?? [];
  if (method === undefined || path === undefined || !METHODS.includes(method)) return undefined;
  const segments = path.split("/");
  if (!segments.every((segment) => isLiteral(segment) || PARAMETER.test(segment))) return undefined;
  if (!segments.slice(0, 2).every(isLiteral) || isPrivileged(segments)) return undefined;
  if (segments.some((segment, index) => namesAnyUser(segments[index - 1], segment))) return undefined;
  return { method, segments, exposeLocalKeys: exposeLocalKeys === true };
}

/** A literal segment; the dots that walk through folders are not among them. */
function isLiteral(segment: string): boolean {
  return LITERAL.test(segment) && !/^\.+$/.test(segment);
}

/** Token calls, and calls that log a user in: what they answer is a token. */
function isPrivileged(segments: readonly string[]): boolean {
  const words = segments.map((segment) => segment.toLowerCase());
  return words[1] === "token" || words.some((word) => word.includes("login"));
}

/** Whether a pattern lets the page name a user: only the linked one may stand there. */
function namesAnyUser(before: string | undefined, segment: string): boolean {
  return before === "users" && PARAMETER.test(segment) && segment !== "{uid}";
}

/**
 * Finds the rule that allows a call.
 *
 * @param path as the browser sent it, beginning with a slash; a percent sign is part of no segment
 * @param uid the linked user; another one in its place is not allowed
 * @returns `undefined` when no rule allows it
 */
export function allowedCall(
  rules: readonly CheckedRule[],
  method: string,
  path: string,
  uid: string,
): AllowedCall | undefined {
  const asked = path.slice(1).split("/");
  for (const rule of rules) {
    if (rule.method !== method || rule.segments.length !== asked.length) continue;
    const filled = rule.segments.map((segment, index) => fill(segment, asked[index] ?? "", uid));
    if (filled.some((segment) => segment === undefined) || isPrivileged(filled as string[])) continue;
    return { path: `/${filled.join("/")}`, exposeLocalKeys: rule.exposeLocalKeys };
  }
  return undefined;
}

/** The segment to send for one of a pattern and the one that was asked for; `undefined` when they do not match. */
function fill(segment: string, asked: string, uid: string): string | undefined {
  if (segment === "{uid}") return asked === uid || asked === "me" ? uid : undefined;
  if (segment.startsWith("{")) return VALUE.test(asked) ? asked : undefined;
  return asked === segment ? asked : undefined;
}

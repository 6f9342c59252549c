/**
 * What a store says to the object of a key, and what it hears. Each call of an application reads, so reading is a bare
 * `GET` answered in plain text: a body that comes and JSON both ways would cost as much again. The rest is JSON in the
 * bodies of `POST` requests, `null` standing for an absent value.
 */

import type { StoredValue } from "../store.js";

/** One operation on the key that an object holds. Times are in ms. */
export type Message =
  | { op: "set"; value: string; ttl: number | null; ifVersion: string | null }
  | { op: "take" }
  | { op: "delete" }
  | { op: "lock"; owner: string; ttl: number }
  | { op: "unlock"; owner: string };

/** The answer to each operation. */
export interface Answers {
  set: boolean;
  take: string | null;
  delete: null;
  lock: boolean;
  unlock: null;
}

/** The answer to one message. */
export type AnswerTo<M extends Message> = Answers[M["op"]];

/** How long a version is: a UUID. */
const VERSION_LENGTH = 36;

/** Matches half of a surrogate pair alone: UTF-8, in which texts travel, has no such thing. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** What a `GET` is answered: the version and the value, one after the other; nothing for an absent value. */
export function textOf(stored: StoredValue | undefined): string {
  if (stored === undefined) return "";
  const { version, value } = stored;
  // JSON escapes what UTF-8 cannot say, and begins as no version does.
  return LONE_SURROGATE.test(value) ? JSON.stringify({ value, version }) : version + value;
}

/** What {@link textOf} made the text of. */
export function storedOf(text: string): StoredValue | undefined {
  if (text === "") return undefined;
  if (text.startsWith("{")) return JSON.parse(text) as StoredValue;
  return { value: text.slice(VERSION_LENGTH), version: text.slice(0, VERSION_LENGTH) };
}

/**
 * What a store says to the object of a key, and what it hears: JSON bodies of `POST` requests, `null`
 * standing for an absent value.
 */

/** One operation on the key that an object holds. Times are in ms. */
export type Message =
  | { op: "get" }
  | { op: "set"; value: string; ttl: number | null; ifVersion: string | null }
  | { op: "take" }
  | { op: "delete" }
  | { op: "lock"; owner: string; ttl: number }
  | { op: "unlock"; owner: string };

/** The answer to each operation. */
export interface Answers {
  get: { value: string; version: string } | null;
  set: boolean;
  take: string | null;
  delete: null;
  lock: boolean;
  unlock: null;
}

/** The answer to one message. */
export type AnswerTo<M extends Message> = Answers[M["op"]];

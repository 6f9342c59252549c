import type { FailureCode } from "./failures.js";

/** What a handler tells its `onEvent`, beside what its clients tell. */
export type HandlerEvent =
  /** A request failed, and the browser was told so. */
  | {
      readonly type: "request_failed";
      /** The route's name, such as `callback`. */
      readonly route: string;
      readonly code: FailureCode;
      /** Of an unexpected error: its name and message, with everything that could be a secret blanked out. */
      readonly error?: string;
    }
  /** A session was ended by its browser. */
  | { readonly type: "logged_out"; readonly dataCenter: string; readonly uid: string }
  /** A link was ended: its sessions and its tokens. */
  | { readonly type: "unlinked"; readonly dataCenter: string; readonly uid: string };

/** Longest description that is passed on, in UTF-16 units. */
const MAX_LENGTH = 300;

/**
 * An unexpected error in words fit for a log: secrets, tokens, codes and states are all unbroken runs of at least 16
 * characters, and such a run is blanked out.
 */
export function describeUnexpected(error: unknown): string {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
  return words.replaceAll(/[\w\-.~+/=]{16,}/g, "…").slice(0, MAX_LENGTH);
}

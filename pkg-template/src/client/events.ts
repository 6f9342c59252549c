import type { TuyaAuthErrorCode } from "../errors.js";

/** What a client tells its `onEvent`. */
export type ClientEvent =
  /** A code was exchanged, and the tokens are stored. */
  | { readonly type: "linked"; readonly dataCenter: string; readonly uid: string }
  /** A token was refreshed or, in simple mode, fetched, and is stored. Without `uid`: the project's. */
  | { readonly type: "refreshed"; readonly dataCenter: string; readonly uid: string | undefined }
  /** A refresh failed; the link lives on. */
  | {
      readonly type: "refresh_failed";
      readonly dataCenter: string;
      readonly uid: string | undefined;
      readonly code: string;
    }
  /** The cloud refuses the refresh token; the user must link again. */
  | { readonly type: "relink_required"; readonly dataCenter: string; readonly uid: string }
  /** The clock was wrong; from now on this many ms are added to it. */
  | { readonly type: "clock_corrected"; readonly offset: number }
  /** A call is sent again. */
  | { readonly type: "repeated"; readonly code: TuyaAuthErrorCode };

/** Tells a listener, whose own failures must not become the client's. */
export type Emit = (event: ClientEvent) => void;

export function emitter<E = ClientEvent>(listener: ((event: E) => void) | undefined): (event: E) => void {
  return (event) => {
    try {
      listener?.(event);
    } catch {
      // Documented: what a listener throws is ignored.
    }
  };
}

/**
 * `tuya-auth/handler`: the routes of account linking, for every runtime that has `fetch`'s `Request` and `Response`.
 *
 * @module
 */
import { configOf } from "./handler/config.js";
import { dispatch } from "./handler/dispatch.js";
import type { AuthHandlerOptions } from "./handler/options.js";
import type { WebRequest, WebResponse } from "./web-types.js";

export type { ApiRule } from "./handler/api-rules.js";
export type { HandlerEvent } from "./handler/events.js";
export type { FailureCode } from "./handler/failures.js";
export type {
  AuthHandlerOptions,
  DataCenterOptions,
  Linked,
  SessionOptions,
} from "./handler/options.js";

export type { EncryptionKey, WebCryptoKey } from "./sealing/encryption-key.js";

/** What the runtime offers beside the request. */
export interface HandlerContext {
  /**
   * Keeps the runtime going until the work is done, although the request has ended: Cloudflare's `ctx` as it is. Every
   * route but `api` is handed to it before it begins, and within `api` each refresh. Without it a browser that goes away
   * may take a link or a refresh with it.
   */
  waitUntil?(work: Promise<unknown>): void;
}

/** The routes under one base path. */
export interface AuthHandler {
  /** Answers a request; never rejects. A path that is no route of the handler's is answered with 404. */
  fetch(request: WebRequest, context?: HandlerContext): Promise<WebResponse>;
}

/**
 * Makes the routes of account linking. Nothing runs until a request comes.
 *
 * | route | does |
 * |---|---|
 * | `GET {base}/login/{dc}?return_to=/…` | begins a login of this browser and redirects to the authorization page |
 * | `GET {base}/callback/{dc}` | checks what came back, exchanges the code, opens a session, redirects to `return_to` |
 * | `POST {base}/start/{dc}` | where a page takes the code: begins a login, `{ url, state, expiresAt }` |
 * | `POST {base}/exchange/{dc}` | takes the page's `{ code, state }`: `{ linked: true, uid, dataCenter }` |
 * | `GET {base}/session` | `{ linked: true, uid, dataCenter }` or `{ linked: false }` |
 * | `POST {base}/logout`, `POST {base}/unlink` | ends this session; ends the link with all its sessions and tokens |
 * | `ANY {base}/api/…` | a call of the OpenAPI for the linked user, as far as `api` allows |
 *
 * A browser that goes away during a link finds it at its next request, whichever route that goes to: until it has shown
 * that it got its session, the secret of its login opens one, for 10 minutes.
 *
 * A login lasts 10 minutes and a browser has at most 5 open: with one more, its oldest ends. Failed navigations go to
 * `errorPath` or show a small page; other failures are `{ error: code, message, retryable, action? }`.
 *
 * With `callback: "page"` the redirect URI stays `{origin}{base}/callback/{dc}`, and the application serves its page
 * there: the handler answers that path with 404.
 *
 * @throws `TypeError` with a `code` for a mistake in the options: `invalid_argument` (the message names the option),
 * `invalid_url`, `insecure_url`, `invalid_client_id`, `invalid_secret`, `invalid_header`, `invalid_data_center`
 */
export function createAuthHandler(options: AuthHandlerOptions): AuthHandler {
  const config = configOf(options);
  return {
    fetch: (request, context) =>
      dispatch(config, request, context?.waitUntil && ((work) => context.waitUntil?.(work))),
  };
}

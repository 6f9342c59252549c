import type { Answer } from "./answer.js";
import * as check from "./check.js";
import type { Caller } from "./client/caller.js";
import type { CallRequest, TuyaClientOptions, WaitOptions } from "./client/options.js";
import { type Project, projectOf } from "./client/project.js";
import type { Owner } from "./client/records.js";
import { argumentError } from "./errors.js";
import type { TokenSet } from "./token.js";
import type { WebRequest, WebRequestInit, WebResponse, WebURL } from "./web-types.js";

/** Calls with one token's rights. */
export interface Calls {
  /**
   * Makes one call of the OpenAPI, with a token that is good.
   *
   * A token or time that the cloud refuses is put right, and the call repeated once; after failures that may pass only
   * GET is repeated.
   *
   * @throws `TypeError` with a `code` for a request that cannot be sent as it is written: `invalid_url`,
   * `invalid_argument`, `invalid_header`, `invalid_method`, `repeated_key`, `bad_escape`
   * @throws `TuyaAuthError`: what the cloud's code stands for, or what went wrong on the way
   * (`docs/errors.md`); in code mode `not_linked` and `relink_required`
   */
  request<T>(request: CallRequest): Promise<Answer<T>>;
  /**
   * `fetch`, signed: the URL is a path, or lies under the OpenAPI's address, and redirects are `unexpected_redirect`.
   * Otherwise the answer is returned whatever it says.
   */
  fetch(input: string | WebURL | WebRequest, init?: WebRequestInit): Promise<WebResponse>;
}

/**
 * A client of one project in one data center. It gets, stores and refreshes tokens; share the store, and any number of
 * processes may use the same ones.
 *
 * Its own `request` and `fetch` are simple mode: data that belongs to the project. {@link forUser} is code mode: data
 * of a user who consented.
 */
export class TuyaClient implements Calls {
  readonly #project: Project;
  readonly #own: Caller;

  /**
   * @throws `TypeError` of code `invalid_client_id`, `invalid_secret`, `invalid_header`, `invalid_data_center`,
   * `invalid_url`, `insecure_url` or `invalid_argument`
   */
  constructor(options: TuyaClientOptions) {
    this.#project = projectOf(options);
    this.#own = this.#project.caller(undefined);
  }

  /**
   * Exchanges the code of a callback for the user's tokens, and stores them before it returns them.
   *
   * @throws `TypeError` of code `invalid_token`; `TuyaAuthError`, `code_invalid` above all
   */
  async exchangeCode(code: string, options: WaitOptions = {}): Promise<TokenSet> {
    return await this.#project.tokens.exchange(code, options);
  }

  /** Simple mode: see {@link Calls.request}. */
  async request<T>(request: CallRequest): Promise<Answer<T>> {
    return await this.#own.request<T>(request);
  }

  /** Simple mode: see {@link Calls.fetch}. */
  async fetch(input: string | WebURL | WebRequest, init?: WebRequestInit): Promise<WebResponse> {
    return await this.#own.fetch(input, init);
  }

  /** Code mode: calls with the token of a user who has linked the account. */
  forUser(uid: string, options: WaitOptions = {}): Calls {
    return this.#project.caller(uidOf(uid), options);
  }

  /**
   * Replaces a user's tokens, or the project's, before their time. Both old ones die.
   *
   * @throws `TuyaAuthError` of code `not_linked`, `relink_required`, `lock_timeout`, or what the token call failed with
   */
  async refresh(uid?: string, options: WaitOptions = {}): Promise<TokenSet> {
    return await this.#project.tokens.refresh(ownerOf(uid), options);
  }

  /** Deletes a user's tokens, or the project's, from the store. In the cloud they live on until they expire. */
  async forget(uid?: string): Promise<void> {
    await this.#project.records.delete(ownerOf(uid));
  }

  /**
   * Stores a user's tokens that were got elsewhere, in place of any that are there.
   *
   * @throws `TypeError` of code `invalid_argument` or `invalid_token`, and `invalid_data_center` when they are another
   * data center's
   */
  async importTokens(tokens: TokenSet): Promise<void> {
    const { accessToken, refreshToken, uid, dataCenter, expiresAt, obtainedAt } = check.options(
      tokens,
      "tokens",
    );
    if (dataCenter !== this.#project.dataCenter) throw argumentError("invalid_data_center", "dataCenter");
    check.token(accessToken, "accessToken");
    check.token(refreshToken, "refreshToken");
    for (const [name, time] of Object.entries({ expiresAt, obtainedAt })) {
      if (!Number.isFinite(time)) throw argumentError("invalid_argument", name);
    }
    await this.#project.records.write(uidOf(uid), tokens);
  }
}

function ownerOf(uid: string | undefined): Owner {
  return uid === undefined ? undefined : uidOf(uid);
}

function uidOf(uid: unknown): string {
  return check.text(uid, "uid", "invalid_argument", /./s);
}

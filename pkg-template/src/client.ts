import type { Answer } from "./answer.js";
import * as check from "./check.js";
import { Caller, type CallerOptions } from "./client/caller.js";
import { Connection } from "./client/connection.js";
import { emitter } from "./client/events.js";
import type { CallRequest, TuyaClientOptions, WaitOptions } from "./client/options.js";
import { Records } from "./client/records.js";
import { Tokens } from "./client/tokens.js";
import { core } from "./core.js";
import { dataCenters } from "./data-center.js";
import { argumentError } from "./errors.js";
import { allowInsecure } from "./insecure.js";
import { memoryStore } from "./memory-store.js";
import { sealedStore } from "./sealing/sealed-store.js";
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
  readonly #tokens: Tokens;
  readonly #parts: CallerOptions;
  readonly #project: Caller;
  readonly #dataCenter: string;

  /**
   * @throws `TypeError` of code `invalid_client_id`, `invalid_secret`, `invalid_header`, `invalid_data_center`,
   * `invalid_url`, `insecure_url` or `invalid_argument`
   */
  constructor(options: TuyaClientOptions) {
    check.options(options);
    const { now = Date.now, timeout = 10_000, store = memoryStore() } = options;
    const { code, base } = dataCenterOf(options);
    if (!(typeof timeout === "number" && timeout > 0 && timeout <= 600_000)) {
      throw argumentError("invalid_argument", "timeout");
    }
    check.options(store, "store");
    const kept = options.encryptionKeys === undefined ? store : sealedStore(store, options.encryptionKeys);
    // The runtime's `fetch` is looked up at each call, and called as the global it is.
    const fetch =
      check.optionalFunction(options.fetch, "fetch") ?? ((url, init) => globalThis.fetch(url, init));
    const emit = emitter(check.optionalFunction(options.onEvent, "onEvent"));
    check.optionalFunction(now, "now");
    const connection = new Connection({ keys: options, base, fetch, now, timeout, emit });
    const { clientId } = options;
    const records = new Records(kept, clientId, code);
    this.#tokens = new Tokens({ connection, store, records, dataCenter: code, timeout, emit });
    this.#parts = { connection, base, tokens: this.#tokens, emit };
    this.#project = new Caller(this.#parts, { uid: undefined });
    this.#dataCenter = code;
  }

  /**
   * Exchanges the code of a callback for the user's tokens, and stores them before it returns them.
   *
   * @throws `TypeError` of code `invalid_token`; `TuyaAuthError`, `code_invalid` above all
   */
  async exchangeCode(code: string, options: WaitOptions = {}): Promise<TokenSet> {
    return await this.#tokens.exchange(code, options);
  }

  /** Simple mode: see {@link Calls.request}. */
  async request<T>(request: CallRequest): Promise<Answer<T>> {
    return await this.#project.request<T>(request);
  }

  /** Simple mode: see {@link Calls.fetch}. */
  async fetch(input: string | WebURL | WebRequest, init?: WebRequestInit): Promise<WebResponse> {
    return await this.#project.fetch(input, init);
  }

  /** Code mode: calls with the token of a user who has linked the account. */
  forUser(uid: string, options: WaitOptions = {}): Calls {
    return new Caller(this.#parts, { uid: uidOf(uid) }, options);
  }

  /**
   * Replaces a user's tokens, or the project's, before their time. Both old ones die.
   *
   * @throws `TuyaAuthError` of code `not_linked`, `relink_required`, `lock_timeout`, or what the token call failed with
   */
  async refresh(uid?: string, options: WaitOptions = {}): Promise<TokenSet> {
    return await this.#tokens.refresh({ uid: uid === undefined ? uid : uidOf(uid) }, options);
  }

  /** Deletes a user's tokens, or the project's, from the store. In the cloud they live on until they expire. */
  async forget(uid?: string): Promise<void> {
    await this.#tokens.forget({ uid: uid === undefined ? uid : uidOf(uid) });
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
    if (dataCenter !== this.#dataCenter) throw argumentError("invalid_data_center", "dataCenter");
    check.token(accessToken, "accessToken");
    check.token(refreshToken, "refreshToken");
    for (const [name, time] of Object.entries({ expiresAt, obtainedAt })) {
      if (!Number.isFinite(time)) throw argumentError("invalid_argument", name);
    }
    uidOf(uid);
    await this.#tokens.store(tokens);
  }
}

function uidOf(uid: unknown): string {
  const text = check.text(uid, "uid");
  if (text === "") throw argumentError("invalid_argument", "uid");
  return text;
}

/** The data center's code, and its address without a slash at the end. */
function dataCenterOf({ dataCenter, [allowInsecure]: insecure }: TuyaClientOptions): {
  code: string;
  base: string;
} {
  if (typeof dataCenter === "string") {
    const known = dataCenters.find(({ code }) => code === dataCenter);
    if (known === undefined) throw argumentError("invalid_data_center", "dataCenter");
    return { code: known.code, base: known.openapi };
  }
  const code = check.text(
    check.options(dataCenter, "dataCenter").code,
    "dataCenter.code",
    "invalid_data_center",
  );
  if (!/^[\w-]{1,32}$/.test(code)) throw argumentError("invalid_data_center", "dataCenter.code");
  const openapi = check.text(dataCenter.openapi, "dataCenter.openapi", "invalid_url");
  core.call((glue) => glue.check_base_url(openapi, insecure === true));
  return { code, base: openapi.replace(/\/+$/, "") };
}

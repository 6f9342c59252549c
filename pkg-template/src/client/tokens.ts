import { TuyaAuthError } from "../errors.js";
import { failure } from "../failure.js";
import type { Store } from "../store.js";
import { buildTokenRequest, parseTokenResponse, type TokenGrant, type TokenSet } from "../token.js";
import type { Connection } from "./connection.js";
import type { Emit } from "./events.js";
import { flightOf, launch } from "./flights.js";
import type { WaitOptions } from "./options.js";
import type { Owner, Records, TokenRecord } from "./records.js";
import { Refresher, usable } from "./refresh.js";
import { repeating } from "./repeat.js";
import { detached } from "./wait.js";

/** How long before its expiry a token is replaced, in ms. */
const MARGIN = 60_000;

/** What the store has of an owner's tokens: they may be over, or there may be none. */
export type FoundTokens = TokenRecord | undefined;

/** What the tokens of a client need. */
export interface TokensOptions {
  readonly connection: Connection;
  /** As the application gave it: clients of one store share their refreshes. */
  readonly store: Store;
  readonly records: Records;
  readonly dataCenter: string;
  /** In ms. */
  readonly timeout: number;
  readonly emit: Emit;
}

/** The tokens of one client: got, stored, replaced in time. */
export class Tokens {
  readonly #options: TokensOptions;
  readonly #records: Records;
  readonly #refresher: Refresher;

  constructor(options: TokensOptions) {
    this.#options = options;
    this.#records = options.records;
    this.#refresher = new Refresher({ ...options, grant: (grant) => this.#grant(grant) });
  }

  /** Exchanges a callback's code, and stores the tokens before it returns them. */
  exchange(code: string, wait: WaitOptions): Promise<TokenSet> {
    return detached(async () => {
      const tokens = await this.#grant({ grant: "code", code });
      await this.store(tokens);
      this.#options.emit({ type: "linked", dataCenter: tokens.dataCenter, uid: tokens.uid });
      return tokens;
    }, wait);
  }

  /** Stores a user's tokens in place of any that are there. */
  async store(tokens: TokenSet): Promise<void> {
    await this.#records.write({ uid: tokens.uid }, tokens);
  }

  async forget(owner: Owner): Promise<void> {
    await this.#records.delete(owner);
  }

  /** Reads an owner's tokens, for {@link current} to judge. */
  async find(owner: Owner): Promise<FoundTokens> {
    return await this.#records.read(owner);
  }

  /**
   * Tokens to call with now. Shortly before they expire they are replaced; as long as they are good, nobody waits for
   * another's refresh, and a refresh that fails does no harm.
   *
   * @param found the owner's tokens, where they are being read already
   */
  async current(owner: Owner, wait: WaitOptions, found = this.find(owner)): Promise<TokenSet> {
    const record = await found;
    if (record === undefined) return await this.#first(owner, wait);
    const left = usable(record).expiresAt - this.#options.connection.now();
    if (left > MARGIN) return record;
    if (left <= 0) return await this.renew(owner, record.accessToken, wait);
    if (flightOf(this.#options.store, this.#records.key(owner)) !== undefined) return record;
    try {
      return (await this.#launch(owner, record.accessToken, false, wait)) ?? record;
    } catch (error) {
      if (error instanceof TuyaAuthError && !hasEnded(error)) return record;
      throw error;
    }
  }

  /** Tokens in place of those that failed. */
  async renew(owner: Owner, failed: string | undefined, wait: WaitOptions): Promise<TokenSet> {
    for (;;) {
      const joined = flightOf(this.#options.store, this.#records.key(owner));
      const tokens = await (joined === undefined
        ? this.#launch(owner, failed, true, wait)
        : detached(() => joined, wait));
      // A flight that began earlier may have given up on a lock, or have brought the very token that failed since.
      if (tokens !== undefined && (joined === undefined || tokens.accessToken !== failed)) return tokens;
    }
  }

  /** Replaces tokens that may well be good still. */
  async refresh(owner: Owner, wait: WaitOptions): Promise<TokenSet> {
    const record = await this.#records.read(owner);
    return record === undefined
      ? await this.#first(owner, wait)
      : await this.renew(owner, usable(record).accessToken, wait);
  }

  async #first(owner: Owner, wait: WaitOptions): Promise<TokenSet> {
    if (owner.uid !== undefined) throw failure("not_linked");
    return await this.renew(owner, undefined, wait);
  }

  #launch(owner: Owner, failed: string | undefined, patient: boolean, { waitUntil, signal }: WaitOptions) {
    const renew = () => this.#refresher.renew(owner, failed, patient);
    const flight = launch(this.#options.store, this.#records.key(owner), () =>
      detached(renew, { waitUntil }),
    );
    return signal === undefined ? flight : detached(() => flight, { signal });
  }

  /** Sends a token call; it has no effect that a second one of unknown outcome could double. */
  async #grant(grant: TokenGrant): Promise<TokenSet> {
    const { connection, dataCenter, emit } = this.#options;
    const { method, url } = buildTokenRequest(grant);
    const outgoing = { method, target: url, headers: {} };
    return await repeating({ connection, emit, transient: 1 }, async () => {
      const json = await connection.json(outgoing);
      return parseTokenResponse(json, { dataCenter, now: connection.now() });
    });
  }
}

/** Whether there is no link any more, so that even a good token must not be used. */
function hasEnded(error: TuyaAuthError): boolean {
  return error.code === "relink_required" || error.code === "not_linked";
}

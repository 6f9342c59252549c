import { malformed } from "../answer.js";
import { TuyaAuthError } from "../errors.js";
import { failure } from "../failure.js";
import type { TokenGrant, TokenSet } from "../token.js";
import type { Emit } from "./events.js";
import type { Owner, Records, TokenRecord } from "./records.js";
import { pause } from "./wait.js";

/** What a refresher works with. */
export interface RefresherOptions {
  readonly records: Records;
  /** Sends a token call; one of unknown outcome is sent twice. */
  readonly grant: (grant: TokenGrant) => Promise<TokenSet>;
  readonly dataCenter: string;
  /** How long one answer may take, in ms. */
  readonly timeout: number;
  readonly emit: Emit;
}

/**
 * Replaces tokens, one refresh at a time for each owner, across all processes that share a store.
 *
 * The rules are those of `docs/storage.md`: under the lock the record is read again, and a token that differs from
 * the one that failed is used instead of refreshed; the answer is stored, if the record is unchanged, before it is
 * used.
 */
export class Refresher {
  readonly #options: RefresherOptions;

  constructor(options: RefresherOptions) {
    this.#options = options;
  }

  /**
   * The tokens that replace `failed`, an access token; without one, the first of a project.
   *
   * @param patient whether to wait while another holds the lock; else `undefined` is returned
   * @throws `TuyaAuthError` of code `not_linked`, `relink_required`, `lock_timeout`, `store_failed`, or what the token
   * call failed with
   */
  async renew(owner: Owner, failed: string | undefined, patient: boolean): Promise<TokenSet | undefined> {
    const { records, timeout } = this.#options;
    // The lock covers two sendings, one of them perhaps repeated with the clock corrected, and the store's part.
    const lifetime = 3 * timeout + 5_000;
    // Who waits outlives the lock of a holder that has died, and whoever was quicker to take it then.
    const deadline = performance.now() + lifetime + timeout;
    for (;;) {
      const lock = await records.tryLock(owner, lifetime);
      if (lock !== undefined) {
        try {
          return await this.#underLock(owner, failed);
        } finally {
          // A lock that cannot be released ends by its lifetime.
          await lock.release().catch(() => undefined);
        }
      }
      if (!patient) return undefined;
      if (performance.now() >= deadline) throw failure("lock_timeout");
      await pause(50 + 100 * Math.random());
      const record = await records.read(owner);
      if (record !== undefined && record.accessToken !== failed) return usable(record);
    }
  }

  async #underLock(owner: Owner, failed: string | undefined): Promise<TokenSet> {
    const record = await this.#options.records.read(owner);
    if (record === undefined) return await this.#first(owner);
    if (record.accessToken !== failed) return usable(record);
    usable(record);
    try {
      return await this.#refresh(owner, record);
    } catch (error) {
      if (error instanceof TuyaAuthError && error.code !== "relink_required") {
        this.#options.emit({ type: "refresh_failed", ...this.#whose(owner), code: error.code });
      }
      throw error;
    }
  }

  /** A project's first token. A user's comes from a callback only. */
  async #first(owner: Owner): Promise<TokenSet> {
    if (owner.uid !== undefined) throw failure("not_linked");
    return await this.#keep(owner, await this.#options.grant({ grant: "simple" }), undefined);
  }

  async #refresh(owner: Owner, record: TokenRecord): Promise<TokenSet> {
    const { grant } = this.#options;
    try {
      const next = await grant({ grant: "refresh", refreshToken: record.refreshToken });
      if (next.uid !== record.uid) throw malformed("uid");
      return await this.#keep(owner, next, record);
    } catch (error) {
      if (!isRefused(error)) throw error;
      if (owner.uid !== undefined) return await this.#ended(owner, record, error);
      return await this.#keep(owner, await grant({ grant: "simple" }), record);
    }
  }

  /** Stores new tokens in the place of `old`, unless something newer is there by now; that is used then. */
  async #keep(owner: Owner, next: TokenSet, old: TokenRecord | undefined): Promise<TokenSet> {
    const { records, emit } = this.#options;
    if (!(await records.replace(owner, next, old))) {
      const found = await records.read(owner);
      if (found === undefined) throw failure("not_linked");
      return usable(found);
    }
    emit({ type: "refreshed", ...this.#whose(owner) });
    return next;
  }

  /** The refresh token is refused: the link has ended, unless the record changed in the meantime. */
  async #ended(owner: Owner, record: TokenRecord, refusal: TuyaAuthError): Promise<TokenSet> {
    const { records, emit, dataCenter } = this.#options;
    if (owner.uid !== undefined && (await records.markRelink(owner, record))) {
      emit({ type: "relink_required", dataCenter, uid: owner.uid });
      throw failure("relink_required", { tuya: refusal.tuya, cause: refusal });
    }
    const found = await records.read(owner);
    if (found === undefined) throw failure("not_linked");
    return usable(found);
  }

  #whose({ uid }: Owner) {
    return { dataCenter: this.#options.dataCenter, uid };
  }
}

/** The record, unless its link has ended. */
export function usable(record: TokenRecord): TokenRecord {
  if (record.relinkRequired) throw failure("relink_required");
  return record;
}

/** 1010, 1011, 1012, 1400 and 1107: the token itself is refused, not the request. */
function isRefused(error: unknown): error is TuyaAuthError {
  return error instanceof TuyaAuthError && (error.code === "token_expired" || error.code === "code_invalid");
}

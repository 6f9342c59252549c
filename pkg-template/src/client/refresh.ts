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
 * The tokens that replace `failed`, an access token; without one, the first of a project.
 *
 * @param patient whether to wait while another holds the lock; else `undefined` is returned
 * @throws `TuyaAuthError` of code `not_linked`, `relink_required`, `lock_timeout`, `store_failed`, or what the token
 * call failed with
 */
export type Renew = (
  owner: Owner,
  failed: string | undefined,
  patient: boolean,
) => Promise<TokenSet | undefined>;

/**
 * Replaces tokens, one refresh at a time for each owner, across all processes that share a store.
 *
 * The rules are those of `docs/storage.md`: under the lock the record is read again, and a token that differs from
 * the one that failed is used instead of refreshed; the answer is stored, if the record is unchanged, before it is
 * used.
 */
export function refresher({ records, grant, dataCenter, timeout, emit }: RefresherOptions): Renew {
  // The lock covers two sendings, one of them perhaps repeated with the clock corrected, and the store's part.
  const lifetime = 3 * timeout + 5_000;

  async function underLock(owner: Owner, failed: string | undefined): Promise<TokenSet> {
    const record = await records.read(owner);
    // A project's first token. A user's comes from a callback only.
    if (isNew(owner, record)) return await keep(owner, await grant({ grant: "simple" }), undefined);
    const live = usable(record);
    if (live.accessToken !== failed) return live;
    try {
      return await refresh(owner, live);
    } catch (error) {
      if (error instanceof TuyaAuthError && error.code !== "relink_required") {
        emit({ type: "refresh_failed", dataCenter, uid: owner, code: error.code });
      }
      throw error;
    }
  }

  async function refresh(owner: Owner, record: TokenRecord): Promise<TokenSet> {
    try {
      const next = await grant({ grant: "refresh", refreshToken: record.refreshToken });
      if (next.uid !== record.uid) throw malformed("uid");
      return await keep(owner, next, record);
    } catch (error) {
      if (!isRefused(error)) throw error;
      if (owner !== undefined) return await ended(owner, record, error);
      return await keep(owner, await grant({ grant: "simple" }), record);
    }
  }

  /** Stores new tokens in the place of `old`, unless something newer is there by now; that is used then. */
  async function keep(owner: Owner, next: TokenSet, old: TokenRecord | undefined): Promise<TokenSet> {
    if (!(await records.replace(owner, next, old))) return usable(await records.read(owner));
    emit({ type: "refreshed", dataCenter, uid: owner });
    return next;
  }

  /** The refresh token is refused: the link has ended, unless the record changed in the meantime. */
  async function ended(uid: string, record: TokenRecord, refusal: TuyaAuthError): Promise<TokenSet> {
    if (!(await records.markRelink(uid, record))) return usable(await records.read(uid));
    emit({ type: "relink_required", dataCenter, uid });
    throw failure("relink_required", { tuya: refusal.tuya, cause: refusal });
  }

  return async (owner, failed, patient) => {
    // Who waits outlives the lock of a holder that has died, and whoever was quicker to take it then.
    const deadline = performance.now() + lifetime + timeout;
    for (;;) {
      const lock = await records.tryLock(owner, lifetime);
      if (lock !== undefined) {
        try {
          return await underLock(owner, failed);
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
  };
}

/** Whether these are a project's tokens, of which there are none yet. */
export function isNew(owner: Owner, record: TokenRecord | undefined): boolean {
  return owner === undefined && record === undefined;
}

/** The record, if there is a link and it has not ended. */
export function usable(record: TokenRecord | undefined): TokenRecord {
  if (record === undefined) throw failure("not_linked");
  if (record.relinkRequired) throw failure("relink_required");
  return record;
}

/** 1010, 1011, 1012, 1400 and 1107: the token itself is refused, not the request. */
function isRefused(error: unknown): error is TuyaAuthError {
  return error instanceof TuyaAuthError && (error.code === "token_expired" || error.code === "code_invalid");
}

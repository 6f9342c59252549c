import { TuyaAuthError } from "../errors.js";
import type { Lock, SetOptions, Store } from "../store.js";
import { keyOf } from "../store-key.js";
import { guarded } from "../store-operation.js";
import type { TokenSet } from "../token.js";

/** Whose tokens: a user's by uid, or, in simple mode, the project's. */
export type Owner = { readonly uid: string | undefined };

/** A stored token set (`docs/storage.md`). */
export interface TokenRecord extends TokenSet {
  /** The cloud has refused the refresh token. */
  readonly relinkRequired: boolean;
  /** The store's version of the record. */
  readonly version: string;
}

/** The token records of one client ID in one data center. Whatever the store throws becomes `store_failed`. */
export class Records {
  readonly #store: Store;
  readonly #clientId: string;
  readonly #dataCenter: string;

  constructor(store: Store, clientId: string, dataCenter: string) {
    this.#store = store;
    this.#clientId = clientId;
    this.#dataCenter = dataCenter;
  }

  key({ uid }: Owner): string {
    const whose = uid === undefined ? ["project"] : ["user", uid];
    return keyOf("token", this.#clientId, this.#dataCenter, ...whose);
  }

  async read(owner: Owner): Promise<TokenRecord | undefined> {
    const stored = await guarded(() => this.#store.get(this.key(owner)));
    return stored && parsed(stored.value, stored.version);
  }

  /** Writes tokens; `false` when `ifVersion` does not hold. */
  async write(owner: Owner, tokens: TokenSet, ifVersion?: string): Promise<boolean> {
    const options = ifVersion === undefined ? undefined : { ifVersion };
    const value = serialized(tokens, false);
    try {
      return await guarded(() => this.#store.set(this.key(owner), value, options));
    } catch {
      // The tokens that these replace have died: they are worth a second attempt.
      return await guarded(() => this.#store.set(this.key(owner), value, options));
    }
  }

  /** Marks that the user must link again, if the record is still this one. */
  async markRelink(owner: Owner, record: TokenRecord): Promise<boolean> {
    const options: SetOptions = { ifVersion: record.version };
    return await guarded(() => this.#store.set(this.key(owner), serialized(record, true), options));
  }

  async delete(owner: Owner): Promise<void> {
    await guarded(() => this.#store.delete(this.key(owner)));
  }

  /** @param ttl in ms */
  async tryLock(owner: Owner, ttl: number): Promise<Lock | undefined> {
    return await guarded(() => this.#store.tryLock(this.key(owner), ttl));
  }
}

function serialized(tokens: TokenSet, relinkRequired: boolean): string {
  const { accessToken, refreshToken, uid, dataCenter, expiresAt, obtainedAt } = tokens;
  const record = { accessToken, refreshToken, uid, dataCenter, expiresAt, obtainedAt };
  return JSON.stringify(relinkRequired ? { ...record, relinkRequired } : record);
}

function parsed(value: string, version: string): TokenRecord {
  let record: Partial<Record<string, unknown>> | null;
  try {
    record = JSON.parse(value);
  } catch {
    record = null;
  }
  const { accessToken, refreshToken, uid, dataCenter, expiresAt, obtainedAt, relinkRequired } = record ?? {};
  if (
    typeof accessToken !== "string" ||
    typeof refreshToken !== "string" ||
    typeof uid !== "string" ||
    typeof dataCenter !== "string" ||
    typeof expiresAt !== "number" ||
    typeof obtainedAt !== "number"
  ) {
    throw new TuyaAuthError("store_failed", { detail: "a record is not what was stored" });
  }
  const tokens = { accessToken, refreshToken, uid, dataCenter, expiresAt, obtainedAt };
  return { ...tokens, relinkRequired: relinkRequired === true, version };
}

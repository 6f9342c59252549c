import { failure } from "../failure.js";
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

/** Tokens that are not written yet. */
interface Owed {
  readonly tokens: TokenSet;
  /** The refresh token in whose place they were got, and which is used up. */
  readonly usedUp: string;
}

/** The token records of one client ID in one data center. Whatever the store throws becomes `store_failed`. */
export class Records {
  /** By key. Without them their users would have to link again, so they are written before anything else is read. */
  readonly #owed = new Map<string, Owed>();
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
    const key = this.key(owner);
    for (;;) {
      const stored = await guarded(() => this.#store.get(key));
      const record = stored && parsed(stored.value, stored.version);
      const owed = this.#owed.get(key);
      if (owed === undefined) return record;
      if (record?.refreshToken !== owed.usedUp) {
        // Linked again, forgotten, or written although the store said no.
        this.#owed.delete(key);
        return record;
      }
      await this.#set(owner, owed.tokens, record.version);
    }
  }

  /** Writes tokens in place of any that are there. */
  async write(owner: Owner, tokens: TokenSet): Promise<void> {
    await this.#setTwice(owner, tokens);
  }

  /**
   * Writes tokens in the place of a record, or where there must be none; `false` when something else is there.
   *
   * The record's own tokens have died at the cloud, so these are kept until they are written, if need be when the record
   * is read next. They take the place of a mark, too: they prove that the link has not ended.
   */
  async replace(owner: Owner, tokens: TokenSet, old: TokenRecord | undefined): Promise<boolean> {
    const key = this.key(owner);
    if (old !== undefined) this.#owed.set(key, { tokens, usedUp: old.refreshToken });
    if (await this.#setTwice(owner, tokens, old?.version ?? "absent")) {
      this.#owed.delete(key);
      return true;
    }
    return (await this.read(owner))?.accessToken === tokens.accessToken;
  }

  /** A store that fails may do so once. */
  #setTwice(owner: Owner, tokens: TokenSet, ifVersion?: string): Promise<boolean> {
    return this.#set(owner, tokens, ifVersion).catch(() => this.#set(owner, tokens, ifVersion));
  }

  #set(owner: Owner, tokens: TokenSet, ifVersion?: string): Promise<boolean> {
    const options = ifVersion === undefined ? undefined : { ifVersion };
    return guarded(() => this.#store.set(this.key(owner), serialized(tokens, false), options));
  }

  /** Marks that the user must link again, if the record is still this one. */
  async markRelink(owner: Owner, record: TokenRecord): Promise<boolean> {
    const options: SetOptions = { ifVersion: record.version };
    return await guarded(() => this.#store.set(this.key(owner), serialized(record, true), options));
  }

  async delete(owner: Owner): Promise<void> {
    this.#owed.delete(this.key(owner));
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
    throw failure("store_failed", { detail: "a record is not what was stored" });
  }
  const tokens = { accessToken, refreshToken, uid, dataCenter, expiresAt, obtainedAt };
  return { ...tokens, relinkRequired: relinkRequired === true, version };
}

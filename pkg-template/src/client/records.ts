import { failure } from "../failure.js";
import type { Lock, SetOptions, Store, StoredValue } from "../store.js";
import { keyOf } from "../store-key.js";
import { guarded } from "../store-operation.js";
import type { TokenSet } from "../token.js";

/** Whose tokens: a user's by uid, or, in simple mode, the project's. */
export type Owner = string | undefined;

/** A stored token set (`docs/storage.md`). */
export interface TokenRecord extends TokenSet {
  /** The cloud has refused the refresh token. */
  readonly relinkRequired: boolean;
  /** The store's version of the record. */
  readonly version: string;
}

/** The token records of one client ID in one data center. Whatever the store throws becomes `store_failed`. */
export interface Records {
  key(owner: Owner): string;
  read(owner: Owner): Promise<TokenRecord | undefined>;
  /** Writes tokens in place of any that are there, or as `options` say. A store that fails may do so once. */
  write(owner: Owner, tokens: TokenSet, options?: SetOptions): Promise<boolean>;
  /**
   * Writes tokens in the place of a record, or where there must be none; `false` when something else is there.
   *
   * The record's own tokens have died at the cloud, so these are kept until they are written, if need be when the record
   * is read next. They take the place of a mark, too: they prove that the link has not ended.
   */
  replace(owner: Owner, tokens: TokenSet, old: TokenRecord | undefined): Promise<boolean>;
  /** Marks that the user must link again, if the record is still this one. */
  markRelink(owner: Owner, record: TokenRecord): Promise<boolean>;
  delete(owner: Owner): Promise<void>;
  /** @param ttl in ms */
  tryLock(owner: Owner, ttl: number): Promise<Lock | undefined>;
}

/** Tokens that are not written yet. */
interface Owed {
  readonly tokens: TokenSet;
  /** The refresh token in whose place they were got, and which is used up. */
  readonly usedUp: string;
}

/** What is stored of tokens, by its type. */
const PARTS = {
  accessToken: "string",
  refreshToken: "string",
  uid: "string",
  dataCenter: "string",
  expiresAt: "number",
  obtainedAt: "number",
} as const satisfies Record<keyof TokenSet, string>;

/** The records that a store has. */
export function recordsOf(store: Store, clientId: string, dataCenter: string): Records {
  /** By key. Without them their users would have to link again, so they are written before anything else is read. */
  const owed = new Map<string, Owed>();

  const records: Records = {
    key: (owner) =>
      keyOf("token", clientId, dataCenter, ...(owner === undefined ? ["project"] : ["user", owner])),

    async read(owner) {
      const key = records.key(owner);
      for (;;) {
        const stored = await guarded(() => store.get(key));
        const record = stored && parsed(stored);
        const due = owed.get(key);
        if (due === undefined) return record;
        if (record?.refreshToken !== due.usedUp) {
          // Linked again, forgotten, or written although the store said no.
          owed.delete(key);
          return record;
        }
        await set(owner, due.tokens, { ifVersion: record.version });
      }
    },

    write: (owner, tokens, options) => set(owner, tokens, options).catch(() => set(owner, tokens, options)),

    async replace(owner, tokens, old) {
      const key = records.key(owner);
      if (old !== undefined) owed.set(key, { tokens, usedUp: old.refreshToken });
      if (await records.write(owner, tokens, { ifVersion: old?.version ?? "absent" })) {
        owed.delete(key);
        return true;
      }
      return (await records.read(owner))?.accessToken === tokens.accessToken;
    },

    markRelink: (owner, record) =>
      set(owner, { ...record, relinkRequired: true }, { ifVersion: record.version }, ["relinkRequired"]),

    async delete(owner) {
      owed.delete(records.key(owner));
      await guarded(() => store.delete(records.key(owner)));
    },

    tryLock: (owner, ttl) => guarded(() => store.tryLock(records.key(owner), ttl)),
  };

  /** @param further what is written beside the tokens */
  const set = (
    owner: Owner,
    tokens: TokenSet | TokenRecord,
    options?: SetOptions,
    further: readonly string[] = [],
  ) => {
    const value = JSON.stringify(tokens, [...Object.keys(PARTS), ...further]);
    return guarded(() => store.set(records.key(owner), value, options));
  };
  return records;
}

function parsed({ value, version }: StoredValue): TokenRecord {
  try {
    const record: TokenRecord = JSON.parse(value);
    if (Object.entries(PARTS).every(([name, type]) => typeof record[name as keyof TokenSet] === type)) {
      return { ...record, relinkRequired: record.relinkRequired === true, version };
    }
  } catch {
    // Not even JSON.
  }
  throw failure("store_failed", { detail: "a record is not what was stored" });
}

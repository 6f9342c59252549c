import * as check from "../check.js";
import type { Store } from "../store.js";
import type { EncryptionKey } from "./encryption-key.js";
import { sealOf } from "./seal.js";

/**
 * A store whose values are sealed, each for its key: whoever can read the store alone learns nothing from them, and
 * whoever can write it can neither make nor alter nor exchange them. Keys, lifetimes and locks are as they were.
 *
 * A value that no key opens is no absent one: reading it rejects with `decryption_failed`, and `ifVersion: "absent"`
 * does not hold.
 *
 * @param keys without them it is the very store
 * @throws `TypeError` of code `invalid_argument`
 */
export function sealedStore(store: Store, keys: readonly EncryptionKey[] | undefined): Store {
  check.options(store, "store");
  if (keys === undefined) return store;
  const seal = sealOf(keys);
  return {
    async get(key) {
      const found = await store.get(key);
      return found && { value: await seal.open(key, found.value), version: found.version };
    },
    async set(key, value, options) {
      return await store.set(key, await seal.seal(key, value), options);
    },
    async take(key) {
      const value = await store.take(key);
      return value === undefined ? undefined : await seal.open(key, value);
    },
    delete: (key) => store.delete(key),
    tryLock: (key, ttl) => store.tryLock(key, ttl),
  };
}

import type { Store } from "tuya-auth/server";

/**
 * A store that tells where it is: `before get login`, `after set token` and so on, by the operation and the kind of the
 * record, which is how its key begins. Each operation waits for what it tells.
 */
export function steppingStore(store: Store, pass: (place: string) => Promise<void>): Store {
  const step = async <T>(operation: string, key: string, run: () => Promise<T>): Promise<T> => {
    const place = `${operation} ${key.slice(0, key.indexOf(":"))}`;
    await pass(`before ${place}`);
    const result = await run();
    await pass(`after ${place}`);
    return result;
  };
  return {
    get: (key) => step("get", key, () => store.get(key)),
    set: (key, value, options) => step("set", key, () => store.set(key, value, options)),
    take: (key) => step("take", key, () => store.take(key)),
    delete: (key) => step("delete", key, () => store.delete(key)),
    tryLock: async (key, ttl) => {
      const lock = await step("lock", key, () => store.tryLock(key, ttl));
      return lock && { release: () => step("unlock", key, () => lock.release()) };
    },
  };
}

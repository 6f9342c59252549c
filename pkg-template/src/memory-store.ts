import type { Store, StoredValue } from "./store.js";

interface Expiring {
  readonly expiresAt: number;
}

interface Entry extends StoredValue, Expiring {}

/** Every so many writes, what has expired is dropped; reads drop only what they meet. */
const WRITES_PER_SWEEP = 256;

/**
 * A store in this process's memory: for tests and for programs that run once. What it holds ends with the process.
 *
 * @param options.now the clock, in ms since the epoch
 */
export function memoryStore({ now = () => Date.now() }: { readonly now?: () => number } = {}): Store {
  const entries = new Map<string, Entry>();
  const locks = new Map<string, Expiring>();
  let writes = 0;

  const live = <E extends Expiring>(all: Map<string, E>, key: string): E | undefined => {
    const one = all.get(key);
    if (one === undefined || one.expiresAt > now()) return one;
    all.delete(key);
    return undefined;
  };

  const sweep = () => {
    for (const map of [entries, locks]) {
      for (const [key, { expiresAt }] of map) if (expiresAt <= now()) map.delete(key);
    }
  };

  return {
    async get(key) {
      const entry = live(entries, key);
      return entry && { value: entry.value, version: entry.version };
    },
    async set(key, value, { ttl = Infinity, ifVersion } = {}) {
      if (ifVersion !== undefined && (live(entries, key)?.version ?? "absent") !== ifVersion) return false;
      writes += 1;
      if (writes % WRITES_PER_SWEEP === 0) sweep();
      entries.set(key, {
        value,
        version: String(writes),
        expiresAt: now() + ttl,
      });
      return true;
    },
    async take(key) {
      const entry = live(entries, key);
      entries.delete(key);
      return entry?.value;
    },
    async delete(key) {
      entries.delete(key);
    },
    async tryLock(key, ttl) {
      if (live(locks, key) !== undefined) return undefined;
      const lock = { expiresAt: now() + ttl };
      locks.set(key, lock);
      return {
        async release() {
          if (locks.get(key) === lock) locks.delete(key);
        },
      };
    },
  };
}

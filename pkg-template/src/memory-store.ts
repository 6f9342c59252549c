import type { Store } from "./store.js";

interface Entry {
  readonly value: string;
  readonly version: string;
  readonly expiresAt: number;
}

/** Every so many writes, what has expired is dropped; reads drop only what they meet. */
const WRITES_PER_SWEEP = 256;

/**
 * A store in this process's memory: for tests and for programs that run once. What it holds ends with the process.
 *
 * @param options.now the clock, in ms since the epoch
 */
export function memoryStore({ now = () => Date.now() }: { readonly now?: () => number } = {}): Store {
  const entries = new Map<string, Entry>();
  const locks = new Map<string, { readonly expiresAt: number }>();
  let writes = 0;

  const live = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || entry.expiresAt > now()) return entry;
    entries.delete(key);
    return undefined;
  };

  const sweep = () => {
    for (const map of [entries, locks]) {
      for (const [key, { expiresAt }] of map) if (expiresAt <= now()) map.delete(key);
    }
  };

  return {
    async get(key) {
      const entry = live(key);
      return entry && { value: entry.value, version: entry.version };
    },
    async set(key, value, { ttl, ifVersion } = {}) {
      if (ifVersion !== undefined && (live(key)?.version ?? "absent") !== ifVersion) return false;
      writes += 1;
      if (writes % WRITES_PER_SWEEP === 0) sweep();
      entries.set(key, {
        value,
        version: String(writes),
        expiresAt: now() + (ttl ?? Number.POSITIVE_INFINITY),
      });
      return true;
    },
    async take(key) {
      const entry = live(key);
      entries.delete(key);
      return entry?.value;
    },
    async delete(key) {
      entries.delete(key);
    },
    async tryLock(key, ttl) {
      const holder = locks.get(key);
      if (holder !== undefined && holder.expiresAt > now()) return undefined;
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

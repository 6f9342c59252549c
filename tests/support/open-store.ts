import assert from "node:assert/strict";
import { memoryStore, type Store } from "tuya-auth/server";

/** A store in memory whose contents a test can look at. Nothing in it expires by the tests' clocks. */
export interface OpenStore extends Store {
  /** The records by their keys. */
  contents(): Promise<Map<string, string>>;
}

export function openStore(): OpenStore {
  const store = memoryStore();
  const keys = new Set<string>();
  return {
    ...store,
    set(key, value, options) {
      keys.add(key);
      return store.set(key, value, options);
    },
    async contents() {
      const found = await Promise.all([...keys].map(async (key) => [key, await store.get(key)] as const));
      return new Map(found.flatMap(([key, stored]) => (stored ? [[key, stored.value] as const] : [])));
    },
  };
}

/**
 * Runs an attack, and fails if anything was stored meanwhile: no record may appear or change. Records may go, such as a
 * login that is used up, and with it its entry in its browser's list.
 */
export async function storesNothing<T>(store: OpenStore, attack: () => Promise<T>): Promise<T> {
  const before = await store.contents();
  const result = await attack();
  for (const [key, value] of await store.contents()) {
    const old = before.get(key);
    assert.ok(old !== undefined, `${key} is new`);
    if (key.startsWith("browser:")) assertShrunk(JSON.parse(old), JSON.parse(value));
    else assert.equal(value, old, `${key} has changed`);
  }
  return result;
}

interface BrowserRecord {
  id: string;
  open: { state: string }[];
}

function assertShrunk(old: BrowserRecord, now: BrowserRecord): void {
  assert.equal(now.id, old.id);
  for (const one of now.open) assert.ok(old.open.some(({ state }) => state === one.state));
}

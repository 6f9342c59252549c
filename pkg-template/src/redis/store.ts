import * as check from "../check.js";
import type { Store, StoredValue } from "../store.js";
import { guarded } from "../store-operation.js";
import { type RedisClient, scriptsOf } from "./client.js";
import { DELETE, GET, LOCK, SET, TAKE, UNLOCK, VERSION_LENGTH } from "./scripts.js";

/** What a Redis store may be told. */
export interface RedisStoreOptions {
  /** Stands before each key: `tuya-auth:` by default. Applications that share a Redis keep apart by it. */
  readonly prefix?: string | undefined;
  /**
   * How long one operation may take, in ms: 5000 by default. Clients queue commands while Redis is away, some without
   * end; a caller waits no longer than this.
   */
  readonly timeout?: number | undefined;
}

/**
 * A store in Redis, by a client of node-redis or ioredis that the application has connected. It works with one server
 * and with a cluster.
 *
 * A value is a string under `{prefix}value:{key}`, a lock one under `{prefix}lock:{key}`. Redis ends both by its own
 * clock; the clocks of its clients count for nothing. It must not evict keys (`maxmemory-policy noeviction`), and what
 * it may lose when it restarts, its persistence decides: see `docs/storage.md`.
 *
 * @throws `TypeError` of code `invalid_argument`; every operation rejects with `TuyaAuthError` of code `store_failed`
 * when Redis refuses it or does not answer in time, and a write may then have happened, or happen later, or not
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): Store {
  const { prefix = "tuya-auth:", timeout = 5_000 } = check.options(options);
  check.text(prefix, "prefix");
  check.duration(timeout, "timeout", 600_000);
  const run = scriptsOf(client);
  const ask = (...call: Parameters<typeof run>) => guarded(() => within(timeout, run(...call)));
  const valueKey = (key: string) => `${prefix}value:${key}`;
  const lockKey = (key: string) => `${prefix}lock:${key}`;
  return {
    async get(key) {
      return stored(await ask(GET, valueKey(key)));
    },
    async set(key, value, { ttl, ifVersion = "" } = {}) {
      const version = crypto.randomUUID();
      return isDone(await ask(SET, valueKey(key), ifVersion, version, lifetime(ttl), value));
    },
    async take(key) {
      return stored(await ask(TAKE, valueKey(key)))?.value;
    },
    async delete(key) {
      await ask(DELETE, valueKey(key));
    },
    async tryLock(key, ttl) {
      const owner = crypto.randomUUID();
      const release = async () => void (await ask(UNLOCK, lockKey(key), owner));
      const locking = run(LOCK, lockKey(key), owner, lifetime(Math.max(ttl, 1)));
      try {
        return isDone(await guarded(() => within(timeout, locking))) ? { release } : undefined;
      } catch (error) {
        // A lock that is had too late is nobody's.
        locking.then(release).catch(() => undefined);
        throw error;
      }
    },
  };
}

/** What a script found: the version, then the value. */
function stored(found: unknown): StoredValue | undefined {
  if (found === null || found === undefined) return undefined;
  // A client may be told to give bytes.
  const text = String(found);
  return { value: text.slice(VERSION_LENGTH), version: text.slice(0, VERSION_LENGTH) };
}

function isDone(reply: unknown): boolean {
  return Number(reply) === 1;
}

/** In whole ms, as Redis takes it; empty for a life without end. */
function lifetime(ttl: number | undefined): string {
  return ttl === undefined || ttl === Number.POSITIVE_INFINITY ? "" : String(Math.ceil(ttl));
}

/** What an operation gives, if it does so within `ms`. */
async function within<T>(ms: number, operation: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([operation, late]);
  } finally {
    clearTimeout(timer);
  }
}

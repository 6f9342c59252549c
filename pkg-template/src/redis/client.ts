import { argumentError } from "../errors.js";

/** The part of a node-redis client that a store uses: `createClient`'s, a pool's, a cluster's or a sentinel's. */
export interface NodeRedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  evalSha(sha1: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** The part of an ioredis client that a store uses: a `Redis` or a `Cluster`. */
export interface IoredisClient {
  eval(script: string, numberOfKeys: number, ...args: string[]): Promise<unknown>;
  evalsha(sha1: string, numberOfKeys: number, ...args: string[]): Promise<unknown>;
}

/** A connected client of either package; the store neither connects nor closes it. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** Runs a script, which Redis does in one step, on one key. */
export type RunScript = (script: string, key: string, ...args: string[]) => Promise<unknown>;

/**
 * Lets a client run scripts. One that Redis has seen is named by its hash alone; one that it has not, or no longer, is
 * sent whole.
 *
 * @throws `TypeError` of code `invalid_argument` for a client of another shape
 */
export function scriptsOf(client: RedisClient): RunScript {
  const { named, whole } = callsOf(client);
  const hashes = new Map<string, string>();
  return async (script, key, ...args) => {
    const hash = hashes.get(script) ?? (await sha1(script));
    hashes.set(script, hash);
    try {
      return await named(hash, key, args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return await whole(script, key, args);
    }
  };
}

type Call = (script: string, key: string, args: string[]) => Promise<unknown>;

function callsOf(client: RedisClient): { named: Call; whole: Call } {
  if (typeof client === "object" && client !== null && typeof client.eval === "function") {
    if ("evalSha" in client && typeof client.evalSha === "function") {
      return {
        named: (hash, key, args) => client.evalSha(hash, { keys: [key], arguments: args }),
        whole: (script, key, args) => client.eval(script, { keys: [key], arguments: args }),
      };
    }
    if ("evalsha" in client && typeof client.evalsha === "function") {
      return {
        named: (hash, key, args) => client.evalsha(hash, 1, key, ...args),
        whole: (script, key, args) => client.eval(script, 1, key, ...args),
      };
    }
  }
  throw argumentError("invalid_argument", "client");
}

/** The name that Redis gives to a script. */
async function sha1(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The Redis clients that a store must do with. */

import { Redis } from "ioredis";
import { createClient } from "redis";
import type { RedisClient } from "tuya-auth/redis";

/** A client, what talks to Redis beside the store, and its end. */
export interface Connected {
  readonly client: RedisClient;
  command(...words: string[]): Promise<unknown>;
  close(): Promise<void>;
}

/** By the package's name, each with a client that reconnects quickly. */
export const redisClients = {
  async "node-redis"(url: string): Promise<Connected> {
    const client = createClient({ url, socket: { reconnectStrategy: 20 } });
    client.on("error", () => undefined);
    await client.connect();
    return {
      client,
      command: (...words) => client.sendCommand(words),
      close: async () => client.destroy(),
    };
  },
  async ioredis(url: string): Promise<Connected> {
    const client = new Redis(url, { retryStrategy: () => 20 });
    client.on("error", () => undefined);
    return {
      client,
      command: (name = "", ...words) => client.call(name, ...words),
      close: async () => client.disconnect(),
    };
  },
};

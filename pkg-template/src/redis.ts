/**
 * `tuya-auth/redis`: a store in Redis, by the client that the application has already: node-redis or ioredis.
 *
 * @module
 */
export type { IoredisClient, NodeRedisClient, RedisClient } from "./redis/client.js";
export { type RedisStoreOptions, redisStore } from "./redis/store.js";

/** The program of a herd's process: told what to do, then to do it. */

import { once } from "node:events";

import { redisStore } from "tuya-auth/redis";

import { type Herd, stampede } from "./herd.js";
import { redisClients } from "./redis-clients.js";

/** What the parent says first. */
export interface HerdInstructions extends Omit<Herd, "store" | "fetch"> {
  readonly redis: string;
  readonly package: keyof typeof redisClients;
}

const say = (message: unknown) => process.send?.(message);

const [herd] = (await once(process, "message")) as [HerdInstructions];
const { client, command, close } = await redisClients[herd.package](herd.redis);
await command("PING");
const told = once(process, "message");
say("ready");
await told;
say(await stampede({ ...herd, store: redisStore(client, { timeout: 60_000 }) }));
await close();
process.disconnect();

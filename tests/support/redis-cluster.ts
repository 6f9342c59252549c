/** A Redis cluster of two servers, each with half of the slots. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { findPort } from "../../www/demo/loopback.js";
import { type Connected, redisClients } from "./redis-clients.js";
import { type RedisServer, startRedis } from "./redis-server.js";

/** A running cluster. */
export interface RedisCluster {
  readonly urls: string[];
  /** How many keys each server has. */
  sizes(): Promise<number[]>;
  stop(): Promise<void>;
}

interface Member {
  readonly server: RedisServer;
  readonly connected: Connected;
  readonly directory: string;
  /** Where the servers talk to each other. */
  readonly bus: number;
}

/** How long the servers may take to find each other, in ms. */
const PATIENCE = 30_000;

/** Starts one; every slot is served when this resolves. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const members = [await startMember(), await startMember()] as const;
  const [one, other] = members;
  await one.connected.command("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
  await other.connected.command("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
  await one.connected.command("CLUSTER", "MEET", "127.0.0.1", String(other.server.port), String(other.bus));
  for (const deadline = Date.now() + PATIENCE; !(await all(members, isComplete)); await sleep(50)) {
    if (Date.now() > deadline) throw new Error("the servers of the cluster did not find each other");
  }
  return {
    urls: members.map(({ server }) => server.url),
    sizes: () => Promise.all(members.map(async ({ connected }) => Number(await connected.command("DBSIZE")))),
    async stop() {
      await Promise.all(members.map(stopMember));
    },
  };
}

async function startMember(): Promise<Member> {
  const directory = await mkdtemp(join(tmpdir(), "tuya-auth-redis-"));
  const { port: bus } = await findPort(0, "port");
  const server = await startRedis({ "cluster-enabled": "yes", "cluster-port": String(bus), dir: directory });
  return { server, connected: await redisClients["node-redis"](server.url), directory, bus };
}

async function stopMember({ server, connected, directory }: Member): Promise<void> {
  await connected.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

/** Whether a server knows of every slot, and of both servers. */
async function isComplete({ connected }: Member): Promise<boolean> {
  const info = String(await connected.command("CLUSTER", "INFO"));
  return info.includes("cluster_state:ok") && info.includes("cluster_known_nodes:2");
}

async function all(
  members: readonly Member[],
  holds: (member: Member) => Promise<boolean>,
): Promise<boolean> {
  return (await Promise.all(members.map(holds))).every(Boolean);
}

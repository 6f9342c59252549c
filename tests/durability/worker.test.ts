import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";

import { pointAt } from "../../www/demo/local.js";
import { findPort } from "../../www/demo/loopback.js";
import { startWorker } from "../../www/demo/worker.js";
import { readLocalSecrets, readWranglerFile } from "../../www/demo/wrangler.js";
import { serveCloud } from "../support/cloud-server.js";
import { type LinkStyle, linkStylesAt } from "../support/link-styles.js";
import { Person, type World } from "./person.js";
import { killWorker } from "./worker-kills.js";

const KILLS = 50;
const SEED = 20261122;
const PEOPLE = 48;

/** How long one answer of the cloud may take, in ms: short, since a lock that a dead process held lasts as long. */
const TIMEOUT = 2_000;
/** What `docs/storage.md` says of a lock's life. */
const LOCK_LIFE = 3 * TIMEOUT + 5_000;

/** A killed process leaves what it wrote to the system, in memory or on a disk alike; only the latter waits for it. */
const folder = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

describe("the worker with its storage on disk", () => {
  it("killed 50 times amidst links and refreshes, keeps every link that it told of", async (test) => {
    const directory = await mkdtemp(join(folder, "tuya-auth-worker-kills-"));
    const listen = await findPort(0, "--port");
    const origin = `http://localhost:${listen.port}`;
    let answered = 0;
    const waiters = new Set<() => void>();
    const rotations = new Map<string, number>();
    const cloud = await serveCloud({
      seed: { callbackOrigin: origin },
      onAnswer(target, { body }) {
        answered += 1;
        for (const waiter of waiters) waiter();
        if (!/\/v1\.0\/token\//.test(target)) return;
        const { success, result } = JSON.parse(body) as { success: boolean; result?: { uid: string } };
        if (success && result !== undefined) rotations.set(result.uid, performance.now());
      },
    });
    try {
      const world: World = {
        origin,
        expire: async (uid) => void (await cloud.cloud.expireTokens({ uid })),
        rotatedAt: (uid) => rotations.get(uid) ?? 0,
      };
      const styles = linkStylesAt(origin, cloud.origin);
      const people = await Promise.all(
        Array.from({ length: PEOPLE }, async (_, index) => {
          const style = index % 2 === 0 ? styles[0] : styles[1];
          return new Person(world, { ...style, account: await newAccount(cloud.origin, style, index) });
        }),
      );
      const wrangler = await readWranglerFile();
      const vars = pointAt(cloud.origin, { ...wrangler.vars, ORIGIN: origin, TUYA_TIMEOUT: TIMEOUT });
      const worker = {
        listen,
        vars,
        secrets: await readLocalSecrets(),
        network: "local",
        directory,
      } as const;
      const { done, broken, kept, lost } = await killWorker({
        kills: KILLS,
        seed: SEED,
        cloud,
        more(count) {
          const enough = answered + count;
          return new Promise((resolve) => {
            const look = () => {
              if (answered < enough) return;
              waiters.delete(look);
              resolve();
            };
            waiters.add(look);
            look();
          });
        },
        people,
        start: () => startWorker(worker),
        lockLife: LOCK_LIFE,
      });
      test.diagnostic(
        `${KILLS} kills (seed ${SEED}): ${done.link} links, ${done.refresh} calls after a refresh and ${done.call} others were answered; ` +
          `${broken.link} links, ${broken.refresh} refreshes and ${broken.call} calls broke off. ` +
          `Of those who had been told "linked", ${kept} checks found it so, and ${lost} found that the cloud had rotated and the answer was lost`,
      );
      assert.ok(kept > KILLS && done.refresh > KILLS && broken.refresh > 0 && broken.link > 0);
      // Some kills come right after the cloud has worked a refresh off: no storage can hold what never arrived.
      assert.ok(lost > 0 && lost <= broken.refresh);
    } finally {
      await cloud.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});

/** An account of the demo's app, with a password, in the data center of the style. */
async function newAccount(
  cloud: string,
  { dataCenter }: LinkStyle,
  index: number,
): Promise<LinkStyle["account"]> {
  const account = { name: `person-${index}@example.com`, password: `password-${index}` };
  const response = await fetch(`${cloud}/console/api/accounts`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...account, dataCenter, app: "Demo Home" }),
  });
  const { uid } = (await response.json()) as { uid: string };
  assert.equal(typeof uid, "string");
  return { ...account, uid };
}

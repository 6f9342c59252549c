import assert from "node:assert/strict";

import type { Random } from "../support/random.js";
import type { Calls } from "./calls.js";
import type { Ledger, Project } from "./ledger.js";

/**
 * A client that authorizes, exchanges, refreshes, and makes and renames projects, until the cloud is gone. What it
 * asks for stands as unknown in the ledger from before the call until the whole answer is there. Rejects when an
 * answer contradicts the ledger.
 */
export async function keepCalling(
  calls: Calls,
  ledger: Ledger,
  random: Random,
  gone: () => boolean,
): Promise<void> {
  const steps = [authorize, authorize, exchange, exchange, refresh, spendAgain, project] as const;
  while (!gone()) {
    try {
      await random.of(steps)(calls, ledger, random);
    } catch (error) {
      if (error instanceof assert.AssertionError || !gone()) throw error;
      ledger.broken += 1;
    }
  }
}

async function authorize(calls: Calls, ledger: Ledger): Promise<void> {
  ledger.addCode(await calls.authorize());
  ledger.count("authorizations");
}

async function exchange(calls: Calls, ledger: Ledger, random: Random): Promise<void> {
  const code = pick(
    ledger.codes.filter(({ standing }) => standing === "live"),
    random,
  );
  if (code === undefined) return authorize(calls, ledger);
  ledger.set(code, "unknown");
  const { success, result } = await calls.exchange(code.value);
  assert.ok(success && result, "a code that was acknowledged is lost");
  ledger.set(code, "spent");
  ledger.addPair(result.access_token, result.refresh_token);
  ledger.count("exchanges");
}

async function refresh(calls: Calls, ledger: Ledger, random: Random): Promise<void> {
  const pair = pick(
    ledger.pairs.filter(({ standing }) => standing === "live"),
    random,
  );
  if (pair === undefined) return exchange(calls, ledger, random);
  ledger.set(pair, "unknown");
  const { success, result } = await calls.refresh(pair.refresh);
  assert.ok(success && result, "a refresh token that was acknowledged is lost");
  ledger.set(pair, "spent");
  ledger.addPair(result.access_token, result.refresh_token);
  ledger.count("refreshes");
}

async function spendAgain(calls: Calls, ledger: Ledger, random: Random): Promise<void> {
  const code = pick(
    ledger.codes.filter(({ standing }) => standing === "spent"),
    random,
  );
  if (code === undefined) return exchange(calls, ledger, random);
  assert.equal((await calls.exchange(code.value)).code, 1107, "a spent code is accepted");
  ledger.count("refused codes");
}

async function project(calls: Calls, ledger: Ledger, random: Random): Promise<void> {
  const known = ledger.projects.filter(({ busy }) => !busy);
  const one = known.length < 8 || random.once(4) ? undefined : pick(known, random);
  const name = `Project ${random.below(2 ** 31)}`;
  if (one !== undefined) return rename(calls, ledger, one, name);
  ledger.askedProjects.add(name);
  const { id, authorizations } = await calls.createProject(name);
  const [{ clientId, secret } = { clientId: "", secret: "" }] = authorizations;
  ledger.askedProjects.delete(name);
  ledger.projects.push({ id, clientId, secret, name, busy: false });
  ledger.count("projects");
}

async function rename(calls: Calls, ledger: Ledger, one: Project, name: string): Promise<void> {
  one.busy = true;
  one.asked = name;
  await calls.renameProject(one.id, name);
  one.name = name;
  one.asked = undefined;
  one.busy = false;
  ledger.count("renamings");
}

function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items.length === 0 ? undefined : items[random.below(items.length)];
}

import assert from "node:assert/strict";

import type { Calls } from "./calls.js";
import type { Code, Ledger, Pair } from "./ledger.js";

/**
 * Holds a cloud that was killed and started again to what clients know of it. Whatever was used without an answer is
 * resolved: it happened as a whole or not at all.
 *
 * @param extent `recent` looks at the codes and tokens of the last round, and leaves half of the live codes for later
 */
export async function verify(calls: Calls, ledger: Ledger, extent: "recent" | "all"): Promise<void> {
  const oldest = extent === "all" ? 0 : ledger.round - 1;
  const chosen = ({ since }: Code | Pair) => since >= oldest;
  const staying = ({ standing }: Code, at: number) =>
    extent === "recent" && standing === "live" && at % 2 === 0;
  const codes = ledger.codes.filter(chosen).filter((code, at) => !staying(code, at));
  await verifyProjects(calls, ledger);
  await inTurn(codes, (code) => verifyCode(calls, ledger, code));
  await inTurn(ledger.pairs.filter(chosen), (pair) => verifyPair(calls, ledger, pair));
}

async function verifyCode(calls: Calls, ledger: Ledger, code: Code): Promise<void> {
  if (code.standing !== "spent") {
    const { success, result, code: refusal } = await calls.exchange(code.value);
    if (code.standing === "live") assert.ok(success, "a code that was acknowledged is lost");
    else assert.ok(success || refusal === 1107, `an exchange without an answer ended in ${refusal}`);
    ledger.set(code, "spent");
    if (result !== undefined) ledger.addPair(result.access_token, result.refresh_token);
  }
  assert.equal((await calls.exchange(code.value)).code, 1107, "a spent code is accepted");
}

async function verifyPair(calls: Calls, ledger: Ledger, pair: Pair): Promise<void> {
  const { success: alive, code } = await calls.devices(pair.access);
  if (pair.standing === "live") return assert.ok(alive, "an access token that was acknowledged is lost");
  if (!alive) assert.equal(code, 1010);
  if (pair.standing === "spent") assert.ok(!alive, "an access token outlived its refresh");
  const { success, result, code: refusal } = await calls.refresh(pair.refresh);
  assert.equal(success, alive, "a refresh happened by half");
  if (!success) assert.equal(refusal, 1010);
  ledger.set(pair, "spent");
  if (result !== undefined) ledger.addPair(result.access_token, result.refresh_token);
}

async function verifyProjects(calls: Calls, ledger: Ledger): Promise<void> {
  const listed = new Map((await calls.projects()).map((project) => [project.id, project]));
  for (const project of ledger.projects) {
    const found = listed.get(project.id);
    assert.ok(found, "a project that was acknowledged is lost");
    assert.ok([project.name, project.asked].includes(found.name), "a project's name is lost");
    const [{ clientId, secret } = { clientId: "", secret: "" }] = found.authorizations;
    assert.deepEqual({ clientId, secret }, { clientId: project.clientId, secret: project.secret });
    Object.assign(project, { name: found.name, asked: undefined, busy: false });
    listed.delete(project.id);
  }
  for (const { name, authorizations } of listed.values()) {
    if (name === "Demo project") continue;
    assert.ok(ledger.askedProjects.has(name), "a project that nobody asked for");
    assert.equal(
      authorizations.filter(({ kind }) => kind === "cloud").length,
      1,
      "a project was made by half",
    );
  }
}

/** Four at a time. */
async function inTurn<T>(items: readonly T[], check: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await check(item);
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

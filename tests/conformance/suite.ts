/**
 * The conformance suite: what must hold wherever the package runs. It imports the package by its public entries, so
 * that each runtime finds its own build, and nothing of any runtime: no `node:` module, no global that is not
 * everywhere. `tests/runtimes` launches it.
 *
 * @module
 */
import { authorization } from "./body/authorization.js";
import { callback } from "./body/callback.js";
import { client } from "./body/client.js";
import { cloud } from "./body/cloud.js";
import { debug } from "./body/debug.js";
import { handler } from "./body/handler.js";
import { loading } from "./body/loading.js";
import { signer } from "./body/signer.js";
import { vectors } from "./body/vectors.js";
import { type Outcome, runGroups } from "./group.js";

/** The groups, in the order in which they run. */
export const groups = [loading, vectors, signer, authorization, callback, client, debug, handler, cloud];

/** Runs all of them, where this is. */
export function runSuite(): Promise<Outcome[]> {
  return runGroups(groups);
}

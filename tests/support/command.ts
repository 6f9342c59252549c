import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

import { program } from "./emulator-process.js";

/** The keys that the command finds in its environment. */
export const keys = { clientId: "client0client0client0", secret: "secret0secret0secret0secret0secr" };

const environment = { TUYA_CLIENT_ID: keys.clientId, TUYA_CLIENT_SECRET: keys.secret };

/** How a run ended. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * Runs `tuya-auth` to its end, without a terminal. Whatever it prints, the secret is not in it.
 *
 * @param input its standard input
 * @param env what differs from an environment with the keys; `undefined` takes a variable away
 */
export async function command(
  args: readonly string[],
  input = "",
  env: Partial<
    Record<"TUYA_CLIENT_ID" | "TUYA_CLIENT_SECRET" | "TUYA_OTHER_SECRETS", string | undefined>
  > = {},
): Promise<Ended> {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH, ...environment, ...env },
    // A session of its own has no terminal that a prompt could find.
    detached: true,
  });
  child.stdin.on("error", () => {}).end(input);
  const [output, errors, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  const { TUYA_CLIENT_SECRET, TUYA_OTHER_SECRETS } = env;
  for (const secret of [keys.secret, TUYA_CLIENT_SECRET, TUYA_OTHER_SECRETS]) {
    assert.ok(
      secret === undefined || !`${output}${errors}`.includes(secret),
      `a secret in: ${output}${errors}`,
    );
  }
  return { status, output, errors };
}

/** Runs `tuya-auth`, which must succeed. @returns what it printed */
export async function printed(...args: readonly string[]): Promise<string> {
  const { status, output, errors } = await command(args);
  assert.equal(status, 0, errors);
  return output;
}

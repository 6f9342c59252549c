import { TuyaAuthError } from "../errors.js";
import type { Connection } from "./connection.js";
import type { Emit } from "./events.js";
import { pause } from "./wait.js";

/** The pause before the first repetition, in ms; each further one doubles it. */
const BACK_OFF = 250;

/** What may be sent again, and how. */
export interface RepeatRules {
  readonly connection: Connection;
  readonly emit: Emit;
  /** How often, with back-off, after a failure that may have had an effect: 0 where repeating could do harm. */
  readonly transient: number;
  /** Gets another token after the cloud has refused this one; absent where no token is sent. */
  readonly renew?: (() => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one sending, and again where the rules allow. A token or a time that the cloud refuses is refused before
 * anything happens, so one repetition is safe for any method; a wrong sign stays wrong.
 */
export async function repeating<T>(rules: RepeatRules, send: () => Promise<T>): Promise<T> {
  let refusedOnce = false;
  for (let failures = 0; ; ) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof TuyaAuthError)) throw error;
      if (!refusedOnce && rules.connection.correctClock(error)) {
        refusedOnce = true;
      } else if (!refusedOnce && error.code === "token_expired" && rules.renew !== undefined) {
        refusedOnce = true;
        await rules.renew();
      } else if (failures < rules.transient && isTransient(error)) {
        await pause(BACK_OFF * 2 ** failures * (0.5 + Math.random() / 2), rules.signal);
        failures += 1;
      } else {
        throw error;
      }
      rules.emit({ type: "repeated", code: error.code });
    }
  }
}

/** Whether the outcome is unknown, or another attempt may have another one; a cut answer counts. */
export function isTransient(error: unknown): boolean {
  return error instanceof TuyaAuthError && (error.retryable || error.code === "malformed_response");
}

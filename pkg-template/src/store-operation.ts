import { TuyaAuthError } from "./errors.js";
import { failure } from "./failure.js";

/**
 * Runs one operation of a store; whatever it throws is `store_failed`. Of the store's own error only the message is
 * kept: some drivers attach the command's arguments, which hold tokens, to their errors.
 */
export async function guarded<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof TuyaAuthError) throw error;
    const cause = error instanceof Error ? new Error(error.message) : undefined;
    throw failure("store_failed", { cause });
  }
}

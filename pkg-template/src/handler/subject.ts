import { TuyaAuthError } from "../errors.js";
import type { Config } from "./config.js";

/**
 * The application's user who sent a request; `undefined` where the handler is not told of users.
 *
 * @throws TuyaAuthError `subject_mismatch` when the application has users and nobody is signed in: such a link would
 * belong to nobody
 */
export async function currentSubject({ subject }: Config, request: Request): Promise<string | undefined> {
  if (subject === undefined) return undefined;
  const current = await subject(request);
  if (typeof current !== "string" || current === "") throw new TuyaAuthError("subject_mismatch");
  return current;
}

import type { Config } from "./config.js";
import { handlerFailure } from "./failures.js";
import { equalHashes, hashOf } from "./secrets.js";

/**
 * The application's user who sent a request; `undefined` where the handler is not told of users.
 *
 * @throws TuyaAuthError `subject_mismatch` when the application has users and nobody is signed in: such a link would
 * belong to nobody
 */
export async function currentSubject({ subject }: Config, request: Request): Promise<string | undefined> {
  if (subject === undefined) return undefined;
  const current = await subject(request);
  if (typeof current !== "string" || current === "") throw handlerFailure("subject_mismatch");
  return current;
}

/**
 * Whether a session belongs to the application's user who sent the request: on a shared browser the next user must not
 * find the link of the one before. Always so where the handler is not told of users.
 */
export async function isOwnSession(
  { subject }: Config,
  request: Request,
  session: { readonly subject: string | undefined },
): Promise<boolean> {
  if (subject === undefined) return true;
  const current = await subject(request);
  if (typeof current !== "string" || current === "") return false;
  return equalHashes(await hashOf(current), session.subject ?? "");
}

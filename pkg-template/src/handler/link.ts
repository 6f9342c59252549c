import type { Call } from "./call.js";
import type { Site } from "./config.js";
import { handlerFailure } from "./failures.js";
import type { OpenLogin } from "./logins.js";
import { hashOf } from "./secrets.js";
import { closeSession, openSession, type Session } from "./sessions.js";
import { currentSubject } from "./subject.js";

/** A link that was made, and the cookie of the session that it opened. */
export interface Completed {
  readonly session: Session;
  /** A `Set-Cookie` value. */
  readonly cookie: string;
}

/**
 * Makes a link of a login that was just used up: exchanges the code, tells the application, opens a session under a new
 * id and ends the browser's old one.
 *
 * @throws TuyaAuthError `subject_mismatch` when another user of the application began the login; what the exchange
 * failed with
 */
export async function completeLink(
  call: Call,
  site: Site,
  login: OpenLogin,
  code: string,
): Promise<Completed> {
  const { config, request } = call;
  if ((await currentSubject(config, request)) !== login.subject) throw handlerFailure("subject_mismatch");
  const { uid } = await site.project.tokens.exchange(code, {});
  const session: Session = { uid, dataCenter: site.dataCenter };
  await config.onLinked?.({ subject: login.subject, ...session });
  const subject = login.subject === undefined ? undefined : await hashOf(login.subject);
  const id = await openSession(config, { ...session, subject }, login.secret);
  // Last: whatever ends this process before, the browser has one of the two.
  const old = config.cookies.read(request, "session");
  if (old !== undefined) await closeSession(config, old);
  return { session, cookie: config.cookies.write("session", id, config.session.max) };
}

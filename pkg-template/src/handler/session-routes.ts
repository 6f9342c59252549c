import type { Call } from "./call.js";
import type { Config } from "./config.js";
import { handlerFailure } from "./failures.js";
import { removeHandover } from "./handovers.js";
import { answer, json } from "./responses.js";
import { hashOf } from "./secrets.js";
import {
  closeLink,
  closeSession,
  findSession,
  type OwnedSession,
  type Session,
  takeUpSession,
} from "./sessions.js";
import { isOwnSession } from "./subject.js";

/** The session of the browser that sent a request, whoever is signed in there by now. */
async function sessionOf(
  { config, request, cookies }: Call,
  meanwhile?: (session: Session) => void,
): Promise<OwnedSession | undefined> {
  const found = await findSession(config, config.cookies.read(request, "session"), meanwhile);
  if (found !== undefined) return found;
  const takenUp = await takeUpSession(config, config.cookies.read(request, "login"));
  if (takenUp === undefined) return undefined;
  cookies.push(config.cookies.write("session", takenUp.id, config.session.max));
  return takenUp.session;
}

/**
 * The session of the browser that sent a request.
 *
 * @param meanwhile as {@link findSession} has it
 * @throws TuyaAuthError `session_missing`; `subject_mismatch` when it is of another user of the application, or nobody
 * is signed in there
 */
export async function requireSession(call: Call, meanwhile?: (session: Session) => void): Promise<Session> {
  const session = await sessionOf(call, meanwhile);
  if (session === undefined) throw handlerFailure("session_missing");
  if (!(await isOwnSession(call.config, call.request, session))) throw handlerFailure("subject_mismatch");
  return publicPart(session);
}

/**
 * `GET session`: `{ linked: true, uid, dataCenter }` or `{ linked: false }`; the latter, too, for another user of the
 * application than the one who linked.
 */
export async function showSession(call: Call): Promise<Response> {
  const session = await sessionOf(call);
  const isOwn = session !== undefined && (await isOwnSession(call.config, call.request, session));
  return json(isOwn ? { linked: true, ...publicPart(session) } : { linked: false });
}

function publicPart({ uid, dataCenter }: OwnedSession): Session {
  return { uid, dataCenter };
}

/** `POST logout`: ends this session. The link and its other sessions stay. Without a session nothing happens. */
export async function logout({ config, request }: Call): Promise<Response> {
  const id = config.cookies.read(request, "session");
  const session = await findSession(config, id);
  if (id !== undefined) await closeSession(config, id);
  const browserSecret = config.cookies.read(request, "login");
  if (browserSecret !== undefined) await removeHandover(config, await hashOf(browserSecret));
  if (session !== undefined) config.emit({ type: "logged_out", ...publicPart(session) });
  return answer(204, { cookies: [config.cookies.clear("session")] });
}

/**
 * `POST unlink`: ends every session of the link and forgets its tokens. It refreshes them once and discards the answer,
 * so that a copy that has leaked dies too.
 */
export async function unlink(call: Call): Promise<Response> {
  const { config } = call;
  const session = await requireSession(call);
  await endLink(config, session);
  config.emit({ type: "unlinked", ...session });
  return answer(204, { cookies: [config.cookies.clear("session")] });
}

/** The sessions end first: whatever the cloud says to the refresh, nobody uses the link any more. */
async function endLink(config: Config, session: Session): Promise<void> {
  await closeLink(config, session);
  const { uid, dataCenter } = session;
  const project = config.sites.get(dataCenter)?.project;
  try {
    await project?.tokens.refresh(uid, {});
  } catch {
    // The cloud may be out of reach, or the tokens dead already; they are forgotten in any case.
  } finally {
    await project?.records.delete(uid);
  }
}

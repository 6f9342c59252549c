import { TuyaAuthError } from "../errors.js";
import type { Call } from "./call.js";
import type { Config } from "./config.js";
import { answer, json } from "./responses.js";
import { closeLink, closeSession, findSession, type Session } from "./sessions.js";

/** The session of the browser that sent a request. */
export function sessionOf({ config, request }: Call): Promise<Session | undefined> {
  return findSession(config, config.cookies.read(request, "session"));
}

/**
 * The session of the browser that sent a request.
 *
 * @throws TuyaAuthError `session_missing`
 */
export async function requireSession(call: Call): Promise<Session> {
  const session = await sessionOf(call);
  if (session === undefined) throw new TuyaAuthError("session_missing");
  return session;
}

/** `GET session`: `{ linked: true, uid, dataCenter }` or `{ linked: false }`. */
export async function showSession(call: Call): Promise<Response> {
  const session = await sessionOf(call);
  return json(session === undefined ? { linked: false } : { linked: true, ...session });
}

/** `POST logout`: ends this session. The link and its other sessions stay. Without a session nothing happens. */
export async function logout(call: Call): Promise<Response> {
  const { config, request } = call;
  const session = await sessionOf(call);
  const id = config.cookies.read(request, "session");
  if (id !== undefined) await closeSession(config, id);
  if (session !== undefined) config.emit({ type: "logged_out", ...session });
  return answer(204, { cookies: [config.cookies.clear("session")] });
}

/**
 * `POST unlink`: ends every session of the link and forgets its tokens. It refreshes them once and discards the answer,
 * so that a copy that has leaked dies too.
 */
export async function unlink(call: Call): Promise<Response> {
  const { config, waitUntil } = call;
  const session = await requireSession(call);
  const ending = endLink(config, session);
  waitUntil?.(ending.catch(() => undefined));
  await ending;
  config.emit({ type: "unlinked", ...session });
  return answer(204, { cookies: [config.cookies.clear("session")] });
}

/** The sessions end first: whatever the cloud says to the refresh, nobody uses the link any more. */
async function endLink(config: Config, session: Session): Promise<void> {
  await closeLink(config, session);
  const client = config.sites.get(session.dataCenter)?.client;
  try {
    await client?.refresh(session.uid);
  } catch {
    // The cloud may be out of reach, or the tokens dead already; they are forgotten in any case.
  } finally {
    await client?.forget(session.uid);
  }
}

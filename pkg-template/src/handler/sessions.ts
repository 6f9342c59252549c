import { keyOf } from "../store-key.js";
import type { Config } from "./config.js";
import { findHandover, putHandover, removeHandover } from "./handovers.js";
import { read, remove, take, write } from "./records.js";
import { hashOf, newSecret } from "./secrets.js";

/** Who is linked in a browser. */
export interface Session {
  readonly uid: string;
  readonly dataCenter: string;
}

/** A session, and whose it is. */
export interface OwnedSession extends Session {
  /** The hash of the application's user who made the link, where the handler is told of users. */
  readonly subject: string | undefined;
}

/**
 * A session as it is stored, under the hash of its id. It holds as long as its link has the same id: so unlinking
 * ends all sessions of the link at once, without a list of them.
 */
interface SessionRecord extends OwnedSession {
  readonly link: string;
  /** The hash of the secret that the browser had at the link, until the browser has shown that it has the session. */
  readonly handover?: string | undefined;
  /** Times are in ms since the epoch. */
  readonly createdAt: number;
  readonly usedAt: number;
}

interface LinkRecord {
  readonly id: string;
}

/** A session is renewed when this part of its idle time has passed, not at each request. */
const RENEWAL = 0.01;

/**
 * Opens a session of a new link under a new id.
 *
 * @param handover the hash of the secret that the browser had at the link: with it, too, the session can be had for a
 * while, should the answer with its id be lost on the way
 * @returns the id, for the browser's cookie alone
 */
export async function openSession(config: Config, session: OwnedSession, handover: string): Promise<string> {
  const link = await ensureLink(config, session);
  await putHandover(config, handover, { ...session, link });
  return await createSession(config, session, link, handover);
}

/**
 * Finds a session by its id and, now and then, notes that it was used.
 *
 * @param meanwhile hears of the session while its link is looked up: what it begins must do no harm should the link have
 * ended
 */
export async function findSession(
  config: Config,
  id: string | undefined,
  meanwhile?: (session: Session) => void,
): Promise<OwnedSession | undefined> {
  if (id === undefined) return undefined;
  const key = await sessionKey(config, id);
  const found = await read<SessionRecord>(config.store, key);
  if (found === undefined || timeLeft(config, found.value) <= 0) return undefined;
  const { handover, ...record } = found.value;
  meanwhile?.(record);
  if (!(await isLinked(config, record))) return undefined;
  // The browser has the session: nobody needs the other way to it any more.
  if (handover !== undefined) await removeHandover(config, handover);
  if (handover !== undefined || config.now() - record.usedAt > config.session.idle * RENEWAL) {
    const renewed: SessionRecord = { ...record, usedAt: config.now() };
    // A session that ended in the meantime stays ended.
    await write(config.store, key, renewed, { ttl: timeLeft(config, renewed), ifVersion: found.version });
  }
  return { uid: record.uid, dataCenter: record.dataCenter, subject: record.subject };
}

/** A session that was opened for a browser which has not heard of its link. */
export interface TakenUp {
  readonly session: OwnedSession;
  /** For the browser's cookie alone. */
  readonly id: string;
}

/** Opens a session of the link that a browser made, and whose answer it did not get, by the secret that it had then. */
export async function takeUpSession(
  config: Config,
  browserSecret: string | undefined,
): Promise<TakenUp | undefined> {
  if (browserSecret === undefined) return undefined;
  const handover = await hashOf(browserSecret);
  const found = await findHandover(config, handover);
  if (found === undefined || !(await isLinked(config, found))) return undefined;
  const { uid, dataCenter, subject, link } = found;
  const session: OwnedSession = { uid, dataCenter, subject };
  return { session, id: await createSession(config, session, link, handover) };
}

/** Ends one session. */
export async function closeSession(config: Config, id: string): Promise<void> {
  const record = await take<SessionRecord>(config.store, await sessionKey(config, id));
  if (record?.handover !== undefined) await removeHandover(config, record.handover);
}

/** Ends every session of a link. */
export function closeLink(config: Config, session: Session): Promise<void> {
  return remove(config.store, linkKey(config, session));
}

/** The id of the account's link, made when it has none. */
async function ensureLink(config: Config, session: Session): Promise<string> {
  const key = linkKey(config, session);
  const id = newSecret();
  const isNew = await write(config.store, key, { id } satisfies LinkRecord, { ifVersion: "absent" });
  if (isNew) return id;
  const found = await read<LinkRecord>(config.store, key);
  // Unlinked between the two: then so is this one.
  return found?.value.id ?? id;
}

async function createSession(
  config: Config,
  session: OwnedSession,
  link: string,
  handover: string,
): Promise<string> {
  const id = newSecret();
  const now = config.now();
  const record: SessionRecord = { ...session, link, handover, createdAt: now, usedAt: now };
  await write(config.store, await sessionKey(config, id), record, { ttl: timeLeft(config, record) });
  return id;
}

/** Whether a link is still the one that a session or a handover was made for. */
async function isLinked(config: Config, { link, ...session }: Session & { link: string }): Promise<boolean> {
  const found = await read<LinkRecord>(config.store, linkKey(config, session));
  return found?.value.id === link;
}

/** In ms: what is left of the idle time or of the whole life, whichever ends first. */
function timeLeft({ session, now }: Config, { createdAt, usedAt }: SessionRecord): number {
  return Math.min(usedAt + session.idle, createdAt + session.max) - now();
}

async function sessionKey({ clientId }: Config, id: string): Promise<string> {
  return keyOf("session", clientId, await hashOf(id));
}

function linkKey({ clientId }: Config, { dataCenter, uid }: Session): string {
  return keyOf("link", clientId, dataCenter, uid);
}

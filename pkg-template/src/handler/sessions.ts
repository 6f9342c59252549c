import { keyOf } from "../store-key.js";
import type { Config } from "./config.js";
import { read, remove, write } from "./records.js";
import { hashOf, newSecret } from "./secrets.js";

/** Who is linked in a browser. */
export interface Session {
  readonly uid: string;
  readonly dataCenter: string;
}

/**
 * A session as it is stored, under the hash of its id. It holds as long as its link has the same id: so unlinking
 * ends all sessions of the link at once, without a list of them.
 */
interface SessionRecord extends Session {
  readonly link: string;
  /** Times are in ms since the epoch. */
  readonly createdAt: number;
  readonly usedAt: number;
}

interface LinkRecord {
  readonly id: string;
}

/** A session is renewed when this part of its idle time has passed, not at each request. */
const RENEWAL = 0.01;

/** Opens a session under a new id. @returns the id, for the browser's cookie alone */
export async function openSession(config: Config, session: Session): Promise<string> {
  const { uid, dataCenter } = session;
  const id = newSecret();
  const now = config.now();
  const link = await ensureLink(config, session);
  const record: SessionRecord = { uid, dataCenter, link, createdAt: now, usedAt: now };
  await write(config.store, await sessionKey(config, id), record, { ttl: timeLeft(config, record) });
  return id;
}

/** Finds a session by its id and, now and then, notes that it was used. */
export async function findSession(config: Config, id: string | undefined): Promise<Session | undefined> {
  if (id === undefined) return undefined;
  const key = await sessionKey(config, id);
  const found = await read<SessionRecord>(config.store, key);
  if (found === undefined || timeLeft(config, found.value) <= 0) return undefined;
  const record = found.value;
  const link = await read<LinkRecord>(config.store, linkKey(config, record));
  if (link?.value.id !== record.link) return undefined;
  if (config.now() - record.usedAt > config.session.idle * RENEWAL) {
    const renewed: SessionRecord = { ...record, usedAt: config.now() };
    // A session that ended in the meantime stays ended.
    await write(config.store, key, renewed, { ttl: timeLeft(config, renewed), ifVersion: found.version });
  }
  return { uid: record.uid, dataCenter: record.dataCenter };
}

/** Ends one session. */
export async function closeSession(config: Config, id: string): Promise<void> {
  await remove(config.store, await sessionKey(config, id));
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

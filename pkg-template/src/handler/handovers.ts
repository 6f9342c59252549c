import { keyOf } from "../store-key.js";
import type { Config } from "./config.js";
import { LOGIN_TTL } from "./logins.js";
import { read, remove, write } from "./records.js";

/**
 * A link whose browser may not have heard of it: the answer with the session's id can be lost on its way, when the
 * browser goes away or the network does. Until the browser shows that it has the session, it is given one for the secret
 * that it got at the login. That secret was new then, and nobody but this browser has it.
 */
export interface Handover {
  readonly uid: string;
  readonly dataCenter: string;
  /** The hash of the application's user who made the link. */
  readonly subject: string | undefined;
  /** The link's id. */
  readonly link: string;
}

/** A handover as it is stored, under the hash of the browser's secret. */
interface HandoverRecord extends Handover {
  /** In ms since the epoch. */
  readonly expiresAt: number;
}

/** Remembers one for as long as the browser keeps its secret. @param hash of the secret */
export async function putHandover(config: Config, hash: string, handover: Handover): Promise<void> {
  const record: HandoverRecord = { ...handover, expiresAt: config.now() + LOGIN_TTL };
  await write(config.store, handoverKey(config, hash), record, { ttl: LOGIN_TTL });
}

export async function findHandover(config: Config, hash: string): Promise<Handover | undefined> {
  const found = await read<HandoverRecord>(config.store, handoverKey(config, hash));
  return found !== undefined && found.value.expiresAt > config.now() ? found.value : undefined;
}

export function removeHandover(config: Config, hash: string): Promise<void> {
  return remove(config.store, handoverKey(config, hash));
}

function handoverKey({ clientId }: Config, hash: string): string {
  return keyOf("handover", clientId, hash);
}

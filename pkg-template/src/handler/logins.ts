import { failure } from "../failure.js";
import { keyOf } from "../store-key.js";
import type { Config } from "./config.js";
import { type Found, read, remove, take, write } from "./records.js";
import { equalHashes, hashOf, newSecret } from "./secrets.js";

/** How long a login may take, in ms. */
export const LOGIN_TTL = 10 * 60 * 1000;

/** How many logins one browser may have open; with one more, the oldest of them ends. */
const MAX_OPEN = 5;

/** What a login remembers until the browser comes back. */
export interface Login {
  readonly dataCenter: string;
  /** A path of the origin. */
  readonly returnTo: string;
  /** The application's user who began it. */
  readonly subject: string | undefined;
}

/** A login that was begun. */
export interface OpenLogin extends Login {
  /** The hash of the secret that its browser was given for it. */
  readonly secret: string;
}

/** A login as it is stored, under the hash of its state. */
interface LoginRecord extends OpenLogin {
  /** The id of the browser that began it. */
  readonly browser: string;
  /** In ms since the epoch. */
  readonly expiresAt: number;
}

/** A browser with logins open, as it is stored: under the hash of each secret that it was given for them. */
interface BrowserRecord {
  readonly id: string;
  readonly open: readonly Open[];
}

/** A login in the list of its browser. */
interface Open {
  /** The hash of its state. */
  readonly state: string;
  /** In ms since the epoch. */
  readonly expiresAt: number;
}

/** A login that was opened. */
export interface Opened {
  /** For the browser's cookie alone. */
  readonly secret: string;
  /** In ms since the epoch. */
  readonly expiresAt: number;
}

/**
 * Remembers a login under its state, bound to a browser, which gets a new secret for it. So nobody knows the secret who
 * put one of his own into the browser before; by what the store knows of that one, the browser's other logins stay open.
 *
 * @param known the secret that the browser has already
 */
export async function openLogin(
  config: Config,
  state: string,
  known: string | undefined,
  login: Login,
): Promise<Opened> {
  const secret = newSecret();
  const [hash, secretHash] = await Promise.all([hashOf(state), hashOf(secret)]);
  const browser = known === undefined ? undefined : await findBrowser(config, await hashOf(known));
  const id = browser?.value.id ?? newSecret();
  const expiresAt = config.now() + LOGIN_TTL;
  const all = [...stillOpen(config, browser?.value), { state: hash, expiresAt }];
  const open = all.slice(-MAX_OPEN);
  const record: LoginRecord = { ...login, secret: secretHash, browser: id, expiresAt };
  await write(config.store, browserKey(config, secretHash), { id, open } satisfies BrowserRecord, {
    ttl: LOGIN_TTL,
  });
  await Promise.all(
    all.slice(0, all.length - open.length).map((one) => remove(config.store, loginKey(config, one.state))),
  );
  await write(config.store, loginKey(config, hash), record, { ttl: LOGIN_TTL, ifVersion: "absent" });
  return { secret, expiresAt };
}

/**
 * Finds the login of a callback and uses it up. It is used up only by the browser that began it, at the data center
 * that it was begun for.
 *
 * @throws TuyaAuthError `state_mismatch` when there is no such login of this browser, or no longer;
 * `wrong_data_center`
 */
export async function takeLogin(
  config: Config,
  state: string,
  browserSecret: string | undefined,
  dataCenter: string,
): Promise<OpenLogin> {
  if (browserSecret === undefined) throw failure("state_mismatch");
  const [hash, secretHash] = await Promise.all([hashOf(state), hashOf(browserSecret)]);
  const key = loginKey(config, hash);
  const [found, browser] = await Promise.all([
    read<LoginRecord>(config.store, key),
    findBrowser(config, secretHash),
  ]);
  if (found === undefined || found.value.expiresAt <= config.now()) throw failure("state_mismatch");
  if (!equalHashes(found.value.browser, browser?.value.id ?? "")) throw failure("state_mismatch");
  if (found.value.dataCenter !== dataCenter) throw failure("wrong_data_center");
  const login = await take<LoginRecord>(config.store, key);
  if (login === undefined) throw failure("state_mismatch");
  // The list only counts: a login that stays in it, since another request changes it, too, counts until it expires.
  const open = stillOpen(config, browser?.value).filter((one) => one.state !== hash);
  const rest = { id: login.browser, open } satisfies BrowserRecord;
  const options = { ttl: LOGIN_TTL, ifVersion: browser?.version ?? "absent" };
  await write(config.store, browserKey(config, secretHash), rest, options).catch(() => undefined);
  return login;
}

function findBrowser(config: Config, secretHash: string): Promise<Found<BrowserRecord> | undefined> {
  return read<BrowserRecord>(config.store, browserKey(config, secretHash));
}

function stillOpen({ now }: Config, browser: BrowserRecord | undefined): readonly Open[] {
  return (browser?.open ?? []).filter(({ expiresAt }) => expiresAt > now());
}

function browserKey({ clientId }: Config, secretHash: string): string {
  return keyOf("browser", clientId, secretHash);
}

function loginKey({ clientId }: Config, stateHash: string): string {
  return keyOf("login", clientId, stateHash);
}

import { TuyaAuthError } from "../errors.js";
import { keyOf } from "../store-key.js";
import type { Config } from "./config.js";
import { read, remove, take, write } from "./records.js";
import { equalHashes, hashOf } from "./secrets.js";

/** How long a login may take, in ms. */
export const LOGIN_TTL = 10 * 60 * 1000;

/** How many logins one browser may have open; with one more, the oldest of them ends. */
const MAX_OPEN = 5;

/** How often the list of a browser's logins is tried to be changed, while other requests change it too. */
const ATTEMPTS = 10;

/** What a login remembers until the browser comes back. */
export interface Login {
  readonly dataCenter: string;
  /** A path of the origin. */
  readonly returnTo: string;
  /** The application's user who began it. */
  readonly subject: string | undefined;
}

/** A login as it is stored, under the hash of its state. */
interface LoginRecord extends Login {
  /** The hash of the secret of the browser that began it. */
  readonly browser: string;
  /** In ms since the epoch. */
  readonly expiresAt: number;
}

/** A login in the list of its browser. */
interface Open {
  /** The hash of its state. */
  readonly state: string;
  readonly expiresAt: number;
}

/** Remembers a login under its state, bound to a browser. @returns when it expires, in ms since the epoch */
export async function openLogin(
  config: Config,
  state: string,
  browserSecret: string,
  login: Login,
): Promise<number> {
  const [hash, browser] = await Promise.all([hashOf(state), hashOf(browserSecret)]);
  const expiresAt = config.now() + LOGIN_TTL;
  await changeOpen(config, browser, (open) => [...open, { state: hash, expiresAt }]);
  const record: LoginRecord = { ...login, browser, expiresAt };
  await write(config.store, loginKey(config, hash), record, { ttl: LOGIN_TTL, ifVersion: "absent" });
  return expiresAt;
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
): Promise<Login> {
  if (browserSecret === undefined) throw new TuyaAuthError("state_mismatch");
  const [hash, browser] = await Promise.all([hashOf(state), hashOf(browserSecret)]);
  const key = loginKey(config, hash);
  const found = await read<LoginRecord>(config.store, key);
  if (found === undefined || found.value.expiresAt <= config.now()) throw new TuyaAuthError("state_mismatch");
  if (!equalHashes(found.value.browser, browser)) throw new TuyaAuthError("state_mismatch");
  if (found.value.dataCenter !== dataCenter) throw new TuyaAuthError("wrong_data_center");
  const login = await take<LoginRecord>(config.store, key);
  if (login === undefined) throw new TuyaAuthError("state_mismatch");
  // The list only counts; a login that stays in it counts as open until it expires.
  await changeOpen(config, browser, (open) => open.filter((one) => one.state !== hash)).catch(
    () => undefined,
  );
  return login;
}

/** Changes the list of a browser's open logins; those that no longer fit end. */
async function changeOpen(
  config: Config,
  browser: string,
  change: (open: readonly Open[]) => readonly Open[],
): Promise<void> {
  const { store, clientId } = config;
  const key = keyOf("browser", clientId, browser);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = await read<readonly Open[]>(store, key);
    const now = config.now();
    const all = change((found?.value ?? []).filter(({ expiresAt }) => expiresAt > now));
    const kept = all.slice(-MAX_OPEN);
    if (!(await write(store, key, kept, { ttl: LOGIN_TTL, ifVersion: found?.version ?? "absent" }))) continue;
    const dropped = all.slice(0, all.length - kept.length);
    await Promise.all(dropped.map(({ state }) => remove(store, loginKey(config, state))));
    return;
  }
  throw new TuyaAuthError("store_failed", { detail: "too many logins at once" });
}

function loginKey({ clientId }: Config, stateHash: string): string {
  return keyOf("login", clientId, stateHash);
}

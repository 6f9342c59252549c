import { jsonOf } from "../answer.js";
import { TuyaAuthError } from "../errors.js";
import type { Store } from "../store.js";
import { buildTokenRequest, parseTokenResponse, type TokenGrant, type TokenSet } from "../token.js";
import type { Connection } from "./connection.js";
import type { Emit } from "./events.js";
import { flightOf, launch } from "./flights.js";
import type { WaitOptions } from "./options.js";
import type { Owner, Records, TokenRecord } from "./records.js";
import { isNew, refresher, usable } from "./refresh.js";
import { repeating } from "./repeat.js";
import { detached } from "./wait.js";

/** How long before its expiry a token is replaced, in ms. */
const MARGIN = 60_000;

/** What the tokens of a client need. */
export interface TokensOptions {
  readonly connection: Connection;
  /** As the application gave it: clients of one store share their refreshes. */
  readonly store: Store;
  readonly records: Records;
  readonly dataCenter: string;
  /** In ms. */
  readonly timeout: number;
  readonly emit: Emit;
}

/** The tokens of one client: got, stored, replaced in time. */
export interface Tokens {
  /** Exchanges a callback's code, and stores the tokens before it returns them. */
  exchange(code: string, wait: WaitOptions): Promise<TokenSet>;
  /**
   * Tokens to call with now. Shortly before they expire they are replaced; as long as they are good, nobody waits for
   * another's refresh, and a refresh that fails does no harm.
   *
   * @param found the owner's tokens, where they are being read already
   */
  current(owner: Owner, wait: WaitOptions, found?: Promise<TokenRecord | undefined>): Promise<TokenSet>;
  /** Tokens in place of those that failed. */
  renew(owner: Owner, failed: string | undefined, wait: WaitOptions): Promise<TokenSet>;
  /** Replaces tokens that may well be good still. */
  refresh(owner: Owner, wait: WaitOptions): Promise<TokenSet>;
}

/** The tokens of a client. */
export function tokensOf(options: TokensOptions): Tokens {
  const { connection, store, records, dataCenter, emit } = options;

  /** Sends a token call; it has no effect that a second one of unknown outcome could double. */
  const grant = async (grant: TokenGrant) => {
    const outgoing = { ...buildTokenRequest(grant), headers: {} };
    return await repeating({ connection, emit, transient: 1 }, async () => {
      const json = await connection.exchange(outgoing, jsonOf);
      return parseTokenResponse(json, { dataCenter, now: connection.now() });
    });
  };
  const replaced = refresher({ ...options, grant });

  const launched = (
    owner: Owner,
    failed: string | undefined,
    patient: boolean,
    { waitUntil, signal }: WaitOptions,
  ) => {
    const flight = launch(store, records.key(owner), () =>
      detached(() => replaced(owner, failed, patient), { waitUntil }),
    );
    return detached(() => flight, { signal });
  };

  const tokens: Tokens = {
    exchange: (code, wait) =>
      detached(async () => {
        const tokens = await grant({ grant: "code", code });
        const { uid, dataCenter } = tokens;
        await records.write(uid, tokens);
        emit({ type: "linked", dataCenter, uid });
        return tokens;
      }, wait),

    async current(owner, wait, found = records.read(owner)) {
      const record = await found;
      if (isNew(owner, record)) return await tokens.renew(owner, undefined, wait);
      const live = usable(record);
      const left = live.expiresAt - connection.now();
      if (left > MARGIN) return live;
      if (left <= 0) return await tokens.renew(owner, live.accessToken, wait);
      if (flightOf(store, records.key(owner)) !== undefined) return live;
      try {
        return (await launched(owner, live.accessToken, false, wait)) ?? live;
      } catch (error) {
        if (error instanceof TuyaAuthError && !hasEnded(error)) return live;
        throw error;
      }
    },

    async renew(owner, failed, wait) {
      for (;;) {
        const joined = flightOf(store, records.key(owner));
        const renewed = await (joined === undefined
          ? launched(owner, failed, true, wait)
          : detached(() => joined, wait));
        // A flight that began earlier may have given up on a lock, or have brought the very token that failed since.
        if (renewed !== undefined && (joined === undefined || renewed.accessToken !== failed)) return renewed;
      }
    },

    async refresh(owner, wait) {
      const record = await records.read(owner);
      return await tokens.renew(owner, isNew(owner, record) ? undefined : usable(record).accessToken, wait);
    },
  };
  return tokens;
}

/** Whether there is no link any more, so that even a good token must not be used. */
function hasEnded(error: TuyaAuthError): boolean {
  return error.code === "relink_required" || error.code === "not_linked";
}

import { checkBaseAddress } from "../base-address.js";
import * as check from "../check.js";
import { dataCenters } from "../data-center.js";
import { argumentError } from "../errors.js";
import { allowInsecure } from "../insecure.js";
import { memoryStore } from "../memory-store.js";
import { sealedStore } from "../sealing/sealed-store.js";
import { type Caller, callerOf } from "./caller.js";
import { connectionOf } from "./connection.js";
import { emitter } from "./events.js";
import type { TuyaClientOptions, WaitOptions } from "./options.js";
import { type Owner, type Records, recordsOf } from "./records.js";
import { type Tokens, tokensOf } from "./tokens.js";

/** A project in one data center, as `TuyaClient` and the handler use it. */
export interface Project {
  /** The data center's code. */
  readonly dataCenter: string;
  /** Its OpenAPI's address without a slash at the end. */
  readonly base: string;
  readonly records: Records;
  readonly tokens: Tokens;
  /** Calls with one owner's token. */
  caller(owner: Owner, wait?: WaitOptions): Caller;
}

/**
 * Checks the options of a client.
 *
 * @throws `TypeError` of code `invalid_client_id`, `invalid_secret`, `invalid_header`, `invalid_data_center`,
 * `invalid_url`, `insecure_url` or `invalid_argument`
 */
export function projectOf(options: TuyaClientOptions): Project {
  check.options(options);
  const { clientId, now = Date.now, timeout = 10_000, store = memoryStore() } = options;
  const { code, base } = dataCenterOf(options);
  check.duration(timeout, "timeout", 600_000);
  const sealed = sealedStore(store, options.encryptionKeys);
  // The runtime's `fetch` is looked up at each call, and called as the global it is.
  const fetch =
    check.optionalFunction(options.fetch, "fetch") ?? ((url, init) => globalThis.fetch(url, init));
  const emit = emitter(check.optionalFunction(options.onEvent, "onEvent"));
  check.optionalFunction(now, "now");
  const connection = connectionOf({ keys: options, base, fetch, now, timeout, emit });
  const records = recordsOf(sealed, clientId, code);
  const tokens = tokensOf({ connection, store, records, dataCenter: code, timeout, emit });
  const parts = { connection, base, tokens, emit };
  return { dataCenter: code, base, records, tokens, caller: (owner, wait) => callerOf(parts, owner, wait) };
}

/** The data center's code, and its address without a slash at the end. */
function dataCenterOf({ dataCenter, [allowInsecure]: insecure }: TuyaClientOptions): {
  code: string;
  base: string;
} {
  if (typeof dataCenter === "string") {
    const known = dataCenters.find(({ code }) => code === dataCenter);
    if (known === undefined) throw argumentError("invalid_data_center", "dataCenter");
    return { code: known.code, base: known.openapi };
  }
  const { code } = check.options(dataCenter, "dataCenter");
  check.text(code, "dataCenter.code", "invalid_data_center", /^[\w-]{1,32}$/);
  const openapi = check.text(dataCenter.openapi, "dataCenter.openapi", "invalid_url");
  checkBaseAddress(openapi, insecure === true);
  return { code, base: openapi.replace(/\/+$/, "") };
}

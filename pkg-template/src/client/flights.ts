import type { TokenSet } from "../token.js";

/** A refresh on its way; `undefined` when another process has the lock. */
export type Flight = Promise<TokenSet | undefined>;

/**
 * The refreshes on their way in this process, by store and key, so that callers share one.
 *
 * On workerd nothing is shared: a promise of one request must not be awaited by another, whose wait never ends once
 * the first has ended. There the store's lock alone keeps callers apart.
 */
const flights = /* @__PURE__ */ new WeakMap<object, Map<string, Flight>>();

/** The refresh of this key that is on its way. */
export function flightOf(store: object, key: string): Flight | undefined {
  return flights.get(store)?.get(key);
}

/** Begins a refresh that others may join. */
export function launch(store: object, key: string, work: () => Flight): Flight {
  const flight = work();
  if (globalThis.navigator?.userAgent === "Cloudflare-Workers") return flight;
  const ofStore = flights.get(store) ?? new Map<string, Flight>();
  flights.set(store, ofStore);
  ofStore.set(key, flight);
  const landed = () => {
    if (ofStore.get(key) === flight) ofStore.delete(key);
  };
  flight.then(landed, landed);
  return flight;
}

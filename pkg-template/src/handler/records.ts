import { failure } from "../failure.js";
import type { SetOptions, Store } from "../store.js";
import { guarded } from "../store-operation.js";

/** A stored JSON value and its version. */
export interface Found<T> {
  readonly value: T;
  readonly version: string;
}

/** Reads a JSON record. */
export async function read<T>(store: Store, key: string): Promise<Found<T> | undefined> {
  const found = await guarded(() => store.get(key));
  return found && { value: parsed<T>(found.value), version: found.version };
}

/** Writes a JSON record; `false` when `ifVersion` does not hold. */
export function write(store: Store, key: string, value: unknown, options?: SetOptions): Promise<boolean> {
  return guarded(() => store.set(key, JSON.stringify(value), options));
}

/** Gets a JSON record and deletes it: of several callers one gets it. */
export async function take<T>(store: Store, key: string): Promise<T | undefined> {
  const value = await guarded(() => store.take(key));
  return value === undefined ? undefined : parsed<T>(value);
}

/** Deletes a record. */
export function remove(store: Store, key: string): Promise<void> {
  return guarded(() => store.delete(key));
}

/** @throws TuyaAuthError `store_failed` when somebody else wrote the record */
function parsed<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw failure("store_failed", { detail: "a record is not what was stored" });
  }
}

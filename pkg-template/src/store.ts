/**
 * A value as a store holds it.
 */
export interface StoredValue {
  /** The value, as it was set. */
  readonly value: string;
  /** Changes with every write of the key, and is never used again for it. */
  readonly version: string;
}

/** How a value is set. */
export interface SetOptions {
  /** Lifetime in ms. Checked when the value is read: an expired value is absent. Without it the value stays. */
  readonly ttl?: number;
  /** Set only if the key still has this version; `"absent"`: only if the key has no value. */
  readonly ifVersion?: string;
}

/** A lock that is held; it ends by itself when its lifetime is over. */
export interface Lock {
  /** Ends the lock, unless another holder has it by now. */
  release(): Promise<void>;
}

/**
 * Where tokens, states and sessions are kept. Every operation on one key is atomic. An operation that fails
 * rejects; what a failed write left behind is unknown. Callers wait for an operation as long as it takes: a store that
 * others answer for bounds its own waits.
 */
export interface Store {
  /** The value with its version, or `undefined` when it is absent or expired. */
  get(key: string): Promise<StoredValue | undefined>;
  /** Sets a value; `false` when `ifVersion` does not hold, and nothing was changed. */
  set(key: string, value: string, options?: SetOptions): Promise<boolean>;
  /** Gets and deletes in one step: of several callers one gets the value. */
  take(key: string): Promise<string | undefined>;
  /** Deletes the value; an absent one is no error. */
  delete(key: string): Promise<void>;
  /**
   * Takes the key's lock for at most `ttl` ms, or gives `undefined` at once when another holds it. A lock and a
   * value of the same key know nothing of each other: the lock only keeps the herd away, `ifVersion` keeps the
   * data right.
   */
  tryLock(key: string, ttl: number): Promise<Lock | undefined>;
}

import type { WebRequest, WebResponse } from "../web-types.js";
import { type Answers, type Message, textOf } from "./messages.js";

/**
 * The part of a Durable Object's state that {@link TuyaStoreObject} uses: the synchronous key-value API of a
 * SQLite-backed class (`new_sqlite_classes` in a Wrangler file) and alarms.
 */
export interface ObjectState {
  readonly storage: {
    readonly kv: {
      get(key: string): unknown;
      put(key: string, value: unknown): void;
      delete(key: string): unknown;
    };
    setAlarm(time: number): Promise<void>;
    deleteAlarm(): Promise<void>;
    deleteAll(): Promise<void>;
  };
}

/** Times are in ms since the epoch; an entry without one does not expire. */
interface Entry {
  value: string;
  version: string;
  expiresAt: number | null;
}

interface Lock {
  owner: string;
  expiresAt: number;
}

const ENTRY = "entry";
const LOCK = "lock";

/**
 * A Durable Object that holds one key of a store: its value, with a version and an expiry, and its lock.
 *
 * Every operation is one synchronous run over the storage, so that no other can come between; the runtime
 * holds the answer back until what was written is on disk. What has expired is treated as absent from that
 * moment on and removed by the alarm; an object that holds nothing any more removes its storage entirely.
 *
 * Export it from the worker under its own name and bind it as a SQLite-backed class. It is a plain class
 * and imports nothing of the runtime.
 */
export class TuyaStoreObject {
  readonly #storage: ObjectState["storage"];

  /** The runtime makes the object; `env` is not used. */
  constructor(state: ObjectState, _env: unknown) {
    this.#storage = state.storage;
  }

  /** Answers one message of `durableObjectStore`; 400 for anything else. */
  async fetch(request: WebRequest): Promise<WebResponse> {
    if (request.method === "GET") return new Response(textOf(this.#liveEntry()));
    const message = (await request.json()) as Message;
    switch (message.op) {
      case "set":
        return Response.json(await this.#set(message));
      case "take":
        return Response.json(await this.#take());
      case "delete":
        return Response.json(await this.#delete());
      case "lock":
        return Response.json(await this.#acquire(message.owner, message.ttl));
      case "unlock":
        return Response.json(await this.#release(message.owner));
      default:
        return new Response("unknown operation", { status: 400 });
    }
  }

  /** Removes what has expired and sleeps until the next expiry. */
  async alarm(): Promise<void> {
    await this.#tidy();
  }

  async #set(message: Message & { op: "set" }): Promise<Answers["set"]> {
    const { value, ttl, ifVersion } = message;
    if (ifVersion !== null && ifVersion !== (this.#liveEntry()?.version ?? "absent")) return false;
    const expiresAt = ttl === null ? null : Date.now() + ttl;
    // A version is never used twice, not even for a key that was deleted and written again.
    this.#storage.kv.put(ENTRY, { value, version: crypto.randomUUID(), expiresAt } satisfies Entry);
    await this.#tidy();
    return true;
  }

  async #take(): Promise<Answers["take"]> {
    const entry = this.#liveEntry();
    await this.#delete();
    return entry?.value ?? null;
  }

  async #delete(): Promise<Answers["delete"]> {
    if (this.#storage.kv.get(ENTRY) !== undefined) {
      this.#storage.kv.delete(ENTRY);
      await this.#tidy();
    }
    return null;
  }

  async #acquire(owner: string, ttl: number): Promise<Answers["lock"]> {
    if (this.#liveLock() !== undefined) return false;
    this.#storage.kv.put(LOCK, { owner, expiresAt: Date.now() + ttl } satisfies Lock);
    await this.#tidy();
    return true;
  }

  async #release(owner: string): Promise<Answers["unlock"]> {
    // Whoever held it past its time may find it another's: then it stays.
    if (this.#liveLock()?.owner === owner) {
      this.#storage.kv.delete(LOCK);
      await this.#tidy();
    }
    return null;
  }

  #liveEntry(): Entry | undefined {
    const entry = this.#storage.kv.get(ENTRY) as Entry | undefined;
    return entry === undefined || isPast(entry.expiresAt) ? undefined : entry;
  }

  #liveLock(): Lock | undefined {
    const lock = this.#storage.kv.get(LOCK) as Lock | undefined;
    return lock === undefined || isPast(lock.expiresAt) ? undefined : lock;
  }

  /** Drops what has expired, then sets the alarm for the next expiry or, when all is gone, removes the object. */
  async #tidy(): Promise<void> {
    const entry = this.#liveEntry();
    const lock = this.#liveLock();
    if (entry === undefined && lock === undefined) {
      await Promise.all([this.#storage.deleteAlarm(), this.#storage.deleteAll()]);
      return;
    }
    if (entry === undefined) this.#storage.kv.delete(ENTRY);
    if (lock === undefined) this.#storage.kv.delete(LOCK);
    const next = Math.min(entry?.expiresAt ?? Infinity, lock?.expiresAt ?? Infinity);
    await (next === Infinity ? this.#storage.deleteAlarm() : this.#storage.setAlarm(next));
  }
}

function isPast(time: number | null): boolean {
  return time !== null && time <= Date.now();
}

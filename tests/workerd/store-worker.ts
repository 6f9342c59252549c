/**
 * A worker that lets a test use `durableObjectStore` over HTTP: `POST /` with `{ method, args }` calls a
 * method of the store, `GET /?key=…` shows what the object of a key keeps.
 */

import { durableObjectStore, type ObjectState, TuyaStoreObject } from "tuya-auth/durable-object";
import type { Lock } from "tuya-auth/server";

/** What the object of a key keeps: the names of its rows, and when its alarm rings (ms since the epoch). */
export interface Inspection {
  rows: string[];
  alarm: number | null;
}

/** One call of a store's method; `release` takes the id that `tryLock` gave. */
export interface StoreCall {
  method: "get" | "set" | "take" | "delete" | "tryLock" | "release";
  args: unknown[];
  /** The class behind the store: one that works unless given. */
  binding?: keyof Env;
}

/** An object that fails at whatever it is asked. */
export class FailingObject {
  async fetch(): Promise<Response> {
    throw new Error("this object is broken");
  }
}

/** An object that does not understand what it is asked, as one of another version might not. */
export class StrangeObject {
  async fetch(): Promise<Response> {
    return new Response("what?", { status: 404 });
  }
}

/** An object that never answers. */
export class SilentObject {
  fetch(): Promise<Response> {
    return new Promise(() => {});
  }
}

type InspectableState = ObjectState & {
  storage: { kv: { list(): Iterable<[string, unknown]> }; getAlarm(): Promise<number | null> };
};

/** The store's own object, with a window into its storage. */
export class InspectedObject extends TuyaStoreObject {
  readonly #storage: InspectableState["storage"];

  constructor(state: InspectableState, env: unknown) {
    super(state, env);
    this.#storage = state.storage;
  }

  override async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname !== "/rows") return super.fetch(request);
    const rows = [...this.#storage.kv.list()].map(([name]) => name);
    return Response.json({ rows, alarm: await this.#storage.getAlarm() } satisfies Inspection);
  }
}

interface Namespace {
  idFromName(name: string): unknown;
  get(id: unknown): { fetch(url: string, init?: object): Promise<Response> };
}

interface Env {
  STORE: Namespace;
  FAILING: Namespace;
  STRANGE: Namespace;
  SILENT: Namespace;
}

const locks = new Map<string, Lock>();

async function call(env: Env, { method, args, binding = "STORE" }: StoreCall): Promise<unknown> {
  if (method === "release") return locks.get(args[0] as string)?.release();
  const store = durableObjectStore(env[binding]);
  const result = await (store[method] as (...args: unknown[]) => Promise<unknown>)(...args);
  if (method !== "tryLock" || result === undefined) return result;
  const id = crypto.randomUUID();
  locks.set(id, result as Lock);
  return id;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.method === "GET") {
      const key = new URL(request.url).searchParams.get("key") ?? "";
      return env.STORE.get(env.STORE.idFromName(key)).fetch("https://store.invalid/rows");
    }
    try {
      return Response.json({ result: await call(env, (await request.json()) as StoreCall) });
    } catch (error) {
      const { name, code } = error as { name: string; code?: string };
      return Response.json({ failure: { name, code } });
    }
  },
};

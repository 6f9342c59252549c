import { TuyaAuthError } from "../errors.js";
import type { Store } from "../store.js";
import type { WebAbortSignal } from "../web-types.js";
import type { AnswerTo, Message } from "./messages.js";

/** The part of a Durable Object binding that a store uses; `Id` is the binding's own type of object id. */
export interface ObjectNamespace<Id> {
  idFromName(name: string): Id;
  get(id: Id): {
    fetch(url: string, init: { method: string; body: string; signal: WebAbortSignal }): Promise<Answer>;
  };
}

interface Answer {
  readonly status: number;
  json(): Promise<unknown>;
}

/** How long one operation may take, in ms: a wait without a bound could outlive the request that waits. */
const TIMEOUT = 10_000;

/**
 * A store in Durable Objects, one object a key: strongly consistent, so that a state is taken once and a
 * lock is held by one, wherever the requests arrive.
 *
 * @param namespace the binding of the class `TuyaStoreObject`, such as `env.STORE`
 * @throws every operation rejects with `TuyaAuthError` of code `store_failed` when the object does not
 * answer; a write may then have happened or not.
 */
export function durableObjectStore<Id>(namespace: ObjectNamespace<Id>): Store {
  const send = <M extends Message>(key: string, message: M) => ask(namespace, key, message);
  return {
    async get(key) {
      return (await send(key, { op: "get" })) ?? undefined;
    },
    set(key, value, { ttl, ifVersion } = {}) {
      return send(key, { op: "set", value, ttl: ttl ?? null, ifVersion: ifVersion ?? null });
    },
    async take(key) {
      return (await send(key, { op: "take" })) ?? undefined;
    },
    async delete(key) {
      await send(key, { op: "delete" });
    },
    async tryLock(key, ttl) {
      const owner = crypto.randomUUID();
      if (!(await send(key, { op: "lock", owner, ttl }))) return undefined;
      return {
        async release() {
          await send(key, { op: "unlock", owner });
        },
      };
    },
  };
}

async function ask<Id, M extends Message>(
  namespace: ObjectNamespace<Id>,
  key: string,
  message: M,
): Promise<AnswerTo<M>> {
  try {
    // The host is never looked up: the binding alone decides where the request goes.
    const answer = await namespace.get(namespace.idFromName(key)).fetch("https://store.invalid/", {
      method: "POST",
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (answer.status !== 200) throw new Error(`the object answered with status ${answer.status}`);
    return (await answer.json()) as AnswerTo<M>;
  } catch (cause) {
    throw new TuyaAuthError("store_failed", { cause });
  }
}

import { failure } from "../failure.js";
import type { Store } from "../store.js";
import type { WebAbortSignal } from "../web-types.js";
import { type AnswerTo, type Message, storedOf } from "./messages.js";

/** The part of a Durable Object binding that a store uses; `Id` is the binding's own type of object id. */
export interface ObjectNamespace<Id> {
  idFromName(name: string): Id;
  get(id: Id): {
    fetch(url: string, init: Sent & { signal: WebAbortSignal }): Promise<Answer>;
  };
}

interface Sent {
  method: string;
  body?: string;
}

interface Answer {
  readonly status: number;
  json(): Promise<unknown>;
  text(): Promise<string>;
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
  const send = <M extends Message>(key: string, message: M) => {
    const sent = { method: "POST", body: JSON.stringify(message) };
    return ask(namespace, key, sent, async (answer) => (await answer.json()) as AnswerTo<M>);
  };
  return {
    get: (key) => ask(namespace, key, { method: "GET" }, async (answer) => storedOf(await answer.text())),
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

async function ask<Id, T>(
  namespace: ObjectNamespace<Id>,
  key: string,
  sent: Sent,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  try {
    // The host is never looked up: the binding alone decides where the request goes.
    const answer = await namespace.get(namespace.idFromName(key)).fetch("https://store.invalid/", {
      ...sent,
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (answer.status !== 200) throw new Error(`the object answered with status ${answer.status}`);
    return await read(answer);
  } catch (cause) {
    throw failure("store_failed", { cause });
  }
}

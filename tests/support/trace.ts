/** Which tokens calls send, and when they had begun to read the record that they came from. */

import type { Fetch, Store } from "tuya-auth/server";

/** What one call did. Times are those of the trace's clock, in ms. */
export interface CallTrace {
  /** When it last began to read its token's record. */
  readAt: number;
  /** The access tokens that it sent, each with the `readAt` of that moment. */
  readonly sent: { readonly token: string; readonly readAt: number }[];
  /** The code of what it failed with. */
  error?: string;
}

/** An access token that was stored: from `storedAt` on, whoever began to read found it. */
export interface StoredToken {
  readonly token: string;
  readonly storedAt: number;
}

/** What the calls of one process did. */
export interface Report {
  readonly calls: readonly CallTrace[];
  readonly stored: readonly StoredToken[];
}

/** What a trace is told of its surroundings. */
export interface Surroundings {
  /** The call on whose behalf code runs. */
  current(): CallTrace | undefined;
  /** In ms; one clock for all whose reports are put together. */
  clock(): number;
}

/** Watches the store and the requests of a client. */
export class Trace {
  readonly #surroundings: Surroundings;
  readonly stored: StoredToken[] = [];

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  store(inner: Store): Store {
    const { clock, current } = this.#surroundings;
    return {
      ...inner,
      get(key) {
        const call = current();
        if (call !== undefined) call.readAt = clock();
        return inner.get(key);
      },
      set: async (key, value, options) => {
        const done = await inner.set(key, value, options);
        const { accessToken: token } = JSON.parse(value);
        if (done) this.stored.push({ token, storedAt: clock() });
        return done;
      },
    };
  }

  fetch(inner: Fetch): Fetch {
    return (url, init) => {
      const call = this.#surroundings.current();
      const token = new Headers(init.headers).get("access_token");
      if (call !== undefined && token !== null) call.sent.push({ token, readAt: call.readAt });
      return inner(url, init);
    };
  }
}

/** Runs a call and notes what it failed with. */
export async function traced(call: CallTrace, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    call.error = error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

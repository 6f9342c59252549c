import { type Answer, readAnswer } from "../answer.js";
import { TuyaAuthError } from "../errors.js";
import type { TokenSet } from "../token.js";
import type { Connection } from "./connection.js";
import type { Emit } from "./events.js";
import type { CallRequest, WaitOptions } from "./options.js";
import { type Outgoing, outgoingCall, outgoingFetch } from "./outgoing.js";
import type { Owner } from "./records.js";
import { repeating } from "./repeat.js";
import { either } from "./signals.js";
import type { Tokens } from "./tokens.js";

/** How often a GET is repeated after a failure that may pass. */
const REPEATS = 2;

/** What a caller works with. */
export interface CallerOptions {
  readonly connection: Connection;
  /** The OpenAPI's address without a slash at its end. */
  readonly base: string;
  readonly tokens: Tokens;
  readonly emit: Emit;
}

/** Makes calls with one owner's token. */
export class Caller {
  readonly #options: CallerOptions;
  readonly #owner: Owner;
  readonly #wait: WaitOptions;

  constructor(options: CallerOptions, owner: Owner, wait: WaitOptions = {}) {
    this.#options = options;
    this.#owner = owner;
    this.#wait = wait;
  }

  async request<T>(request: CallRequest): Promise<Answer<T>> {
    const outgoing = outgoingCall(request);
    const { connection } = this.#options;
    const signal = joined(this.#wait.signal, request.signal);
    const answer = await this.#withToken(outgoing, signal, async ({ accessToken }) =>
      readAnswer(await connection.json(outgoing, accessToken, signal)),
    );
    return answer as Answer<T>;
  }

  async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const { signal: own, ...outgoing } = await outgoingFetch(this.#options.base, input, init);
    const { connection } = this.#options;
    const signal = joined(this.#wait.signal, own);
    let last: { readonly response: Response; readonly refusal: TuyaAuthError } | undefined;
    try {
      return await this.#withToken(outgoing, signal, ({ accessToken }) =>
        connection.exchange(outgoing, accessToken, signal, async (response) => {
          const refusal = await refusalOf(response);
          if (refusal === undefined) return response;
          last = { response, refusal };
          throw refusal;
        }),
      );
    } catch (error) {
      // What could not be mended by repeating is the caller's to read.
      if (last !== undefined && last.refusal === error) return last.response;
      throw error;
    }
  }

  async #withToken<T>(
    outgoing: Outgoing,
    signal: AbortSignal | undefined,
    send: (tokens: TokenSet) => Promise<T>,
  ): Promise<T> {
    const { connection, tokens, emit } = this.#options;
    connection.check(outgoing);
    const wait: WaitOptions = { signal, waitUntil: this.#wait.waitUntil };
    let held = await tokens.current(this.#owner, wait);
    const renew = async () => {
      held = await tokens.renew(this.#owner, held.accessToken, wait);
    };
    const transient = outgoing.method.toUpperCase() === "GET" ? REPEATS : 0;
    return await repeating({ connection, emit, transient, renew, signal }, () => send(held));
  }
}

/** The failure that an answer reports, without using its body up. */
async function refusalOf(response: Response): Promise<TuyaAuthError | undefined> {
  if (!/^application\/json\b/i.test(response.headers.get("content-type") ?? "")) return undefined;
  try {
    readAnswer(JSON.parse(await response.clone().text()));
  } catch (error) {
    // Only the cloud's own words count here; what else an answer may be is between it and the caller.
    if (error instanceof TuyaAuthError && error.tuya !== undefined) return error;
  }
  return undefined;
}

function joined(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one !== undefined && other !== undefined ? either(one, other) : (one ?? other);
}

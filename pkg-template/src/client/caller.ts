import { type Answer, jsonOf, readAnswer } from "../answer.js";
import type { Calls } from "../client.js";
import { TuyaAuthError } from "../errors.js";
import type { Connection } from "./connection.js";
import type { Emit } from "./events.js";
import type { CallRequest, WaitOptions } from "./options.js";
import { type Outgoing, outgoingCall, outgoingFetch } from "./outgoing.js";
import type { Owner, TokenRecord } from "./records.js";
import { repeating } from "./repeat.js";
import { joined } from "./signals.js";
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

/** An answer, and its text if that is JSON; else it is empty. */
export interface Read<T> {
  readonly answer: T;
  readonly json: string;
}

/** How a call is sent. */
export interface SendOptions<T> {
  /** Ends this call. */
  readonly signal?: AbortSignal | undefined;
  /** The owner's tokens, where they are being read already. */
  readonly found?: Promise<TokenRecord | undefined> | undefined;
  /** Whether nothing of the answer is still coming, which would end with the signals, too; always by default. */
  readonly isOver?: ((answer: T) => boolean) | undefined;
}

/** Makes calls with one owner's token. */
export interface Caller extends Calls {
  /** What `read` makes of the answer to a call; of a refusal, too, when it could not be mended by repeating. */
  send<T>(
    outgoing: Outgoing,
    read: (response: Response) => Promise<Read<T>>,
    options?: SendOptions<T>,
  ): Promise<T>;
}

/** Makes calls with an owner's token. */
export function callerOf(
  { connection, base, tokens, emit }: CallerOptions,
  owner: Owner,
  { signal: lasting, waitUntil }: WaitOptions = {},
): Caller {
  async function withToken<T>(
    outgoing: Outgoing,
    read: (response: Response) => Promise<T>,
    { signal: own, found, isOver = () => true }: SendOptions<T>,
  ): Promise<T> {
    connection.check(outgoing);
    const over = new AbortController();
    const signal = joined([lasting, own], over.signal);
    let isComing = false;
    try {
      let held = await tokens.current(owner, { signal, waitUntil }, found);
      const renew = async () => {
        held = await tokens.renew(owner, held.accessToken, { signal, waitUntil });
      };
      const transient = outgoing.method.toUpperCase() === "GET" ? REPEATS : 0;
      const answer = await repeating({ connection, emit, transient, renew, signal }, () =>
        connection.exchange(outgoing, read, held.accessToken, signal),
      );
      isComing = !isOver(answer);
      return answer;
    } finally {
      if (!isComing) over.abort();
    }
  }

  const caller: Caller = {
    async request<T>(request: CallRequest) {
      const outgoing = outgoingCall(request);
      const read = async (response: Response) => readAnswer(await jsonOf(response)) as Answer<T>;
      return await withToken(outgoing, read, { signal: request.signal });
    },

    async fetch(input, init) {
      const { signal, ...outgoing } = await outgoingFetch(base, input, init);
      const read = async (answer: Response) => ({
        answer,
        json: isJson(answer) ? await answer.clone().text() : "",
      });
      // Of JSON everything has arrived.
      return await caller.send(outgoing, read, { signal, isOver: isJson });
    },

    async send<T>(
      outgoing: Outgoing,
      read: (response: Response) => Promise<Read<T>>,
      options: SendOptions<T> = {},
    ) {
      let last: { readonly answer: T; readonly refusal: TuyaAuthError } | undefined;
      const refusing = async (response: Response) => {
        const { answer, json } = await read(response);
        const refusal = refusalIn(json);
        if (refusal === undefined) return answer;
        last = { answer, refusal };
        throw refusal;
      };
      try {
        return await withToken(outgoing, refusing, options);
      } catch (error) {
        if (last !== undefined && last.refusal === error) return last.answer;
        throw error;
      }
    },
  };
  return caller;
}

/** Whether an answer says that it is JSON. */
export function isJson({ headers }: Response): boolean {
  return /^application\/json\b/i.test(headers.get("content-type") ?? "");
}

/** The failure that an answer reports. */
function refusalIn(json: string): TuyaAuthError | undefined {
  try {
    readAnswer(JSON.parse(json));
  } catch (error) {
    // Only the cloud's own words count here; what else an answer may be is between it and the caller.
    if (error instanceof TuyaAuthError && error.tuya !== undefined) return error;
  }
  return undefined;
}

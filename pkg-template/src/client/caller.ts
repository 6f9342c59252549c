import { type Answer, readAnswer } from "../answer.js";
import { TuyaAuthError } from "../errors.js";
import type { TokenSet } from "../token.js";
import type { Connection } from "./connection.js";
import type { Emit } from "./events.js";
import type { CallRequest, WaitOptions } from "./options.js";
import { type Outgoing, outgoingCall, outgoingFetch, targetUnder } from "./outgoing.js";
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

/** A call that is passed on for somebody else. */
export interface PassedRequest extends Omit<Outgoing, "target"> {
  /** Begins with a slash; it may have a query. */
  readonly path: string;
}

/** What it came to. */
export interface PassedAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: ArrayBuffer;
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
    const answer = await this.#under(request.signal, (signal) =>
      this.#withToken(outgoing, signal, async ({ accessToken }) =>
        readAnswer(await connection.json(outgoing, accessToken, signal)),
      ),
    );
    return answer as Answer<T>;
  }

  async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const { signal: own, ...outgoing } = await outgoingFetch(this.#options.base, input, init);
    const read = async (response: Response) => ({
      answer: response,
      refusal: isJson(response) ? refusalIn(await response.clone().text()) : undefined,
    });
    // Of JSON everything has arrived.
    return await this.#under(own, (signal) => this.#whatever(outgoing, signal, read), isJson);
  }

  /**
   * Makes a call and reads its answer to the end, whatever it says.
   *
   * @param found the owner's tokens, where they are being read already
   */
  async pass(
    { path, ...request }: PassedRequest,
    found?: Promise<TokenRecord | undefined>,
  ): Promise<PassedAnswer> {
    const outgoing = { ...request, target: targetUnder(this.#options.base, path) };
    const read = async (response: Response) => {
      const { status, headers } = response;
      const body = await response.arrayBuffer();
      const answer = { status, contentType: headers.get("content-type") ?? undefined, body };
      return { answer, refusal: isJson(response) ? refusalIn(new TextDecoder().decode(body)) : undefined };
    };
    return await this.#under(undefined, (signal) => this.#whatever(outgoing, signal, read, found));
  }

  /**
   * What work comes to that ends with the caller's signal or with its own.
   *
   * @param isOver whether nothing of the answer is still coming, which would end with them, too
   */
  async #under<T>(
    own: AbortSignal | undefined,
    work: (signal: AbortSignal | undefined) => Promise<T>,
    isOver: (answer: T) => boolean = () => true,
  ): Promise<T> {
    const over = new AbortController();
    let isComing = false;
    try {
      const answer = await work(joined([this.#wait.signal, own], over.signal));
      isComing = !isOver(answer);
      return answer;
    } finally {
      if (!isComing) over.abort();
    }
  }

  /** What `read` makes of the answer; of a refusal, too, when it could not be mended by repeating. */
  async #whatever<T>(
    outgoing: Outgoing,
    signal: AbortSignal | undefined,
    read: (
      response: Response,
    ) => Promise<{ readonly answer: T; readonly refusal: TuyaAuthError | undefined }>,
    found?: Promise<TokenRecord | undefined>,
  ): Promise<T> {
    const { connection } = this.#options;
    let last: { readonly answer: T; readonly refusal: TuyaAuthError } | undefined;
    const send = ({ accessToken }: TokenSet) =>
      connection.exchange(outgoing, accessToken, signal, async (response) => {
        const { answer, refusal } = await read(response);
        if (refusal === undefined) return answer;
        last = { answer, refusal };
        throw refusal;
      });
    try {
      return await this.#withToken(outgoing, signal, send, found);
    } catch (error) {
      if (last !== undefined && last.refusal === error) return last.answer;
      throw error;
    }
  }

  async #withToken<T>(
    outgoing: Outgoing,
    signal: AbortSignal | undefined,
    send: (tokens: TokenSet) => Promise<T>,
    found?: Promise<TokenRecord | undefined>,
  ): Promise<T> {
    const { connection, tokens, emit } = this.#options;
    connection.check(outgoing);
    const wait: WaitOptions = { signal, waitUntil: this.#wait.waitUntil };
    let held = await tokens.current(this.#owner, wait, found);
    const renew = async () => {
      held = await tokens.renew(this.#owner, held.accessToken, wait);
    };
    const transient = outgoing.method.toUpperCase() === "GET" ? REPEATS : 0;
    return await repeating({ connection, emit, transient, renew, signal }, () => send(held));
  }
}

function isJson({ headers }: Response): boolean {
  return /^application\/json\b/i.test(headers.get("content-type") ?? "");
}

/** The failure that an answer reports. */
function refusalIn(text: string): TuyaAuthError | undefined {
  try {
    readAnswer(JSON.parse(text));
  } catch (error) {
    // Only the cloud's own words count here; what else an answer may be is between it and the caller.
    if (error instanceof TuyaAuthError && error.tuya !== undefined) return error;
  }
  return undefined;
}

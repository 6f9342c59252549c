import { malformed } from "../answer.js";
import { TuyaAuthError } from "../errors.js";
import { failure } from "../failure.js";
import { Signer } from "../signer.js";
import type { SignerOptions } from "../signer-options.js";
import type { Emit } from "./events.js";
import type { Fetch } from "./options.js";
import type { Outgoing } from "./outgoing.js";
import { withDeadline } from "./wait.js";

/** What a connection is made of; checked. */
export interface ConnectionOptions {
  readonly keys: SignerOptions;
  /** The OpenAPI's address without a slash at its end. */
  readonly base: string;
  readonly fetch: Fetch;
  readonly now: () => number;
  /** In ms. */
  readonly timeout: number;
  readonly emit: Emit;
}

/** Sends signed requests to one data center, and keeps the cloud's clock. */
export class Connection {
  readonly #options: ConnectionOptions;
  #signer: Signer;
  /** The cloud's clock minus ours, in ms, as far as the cloud complained. */
  #offset = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#signer = new Signer(options.keys);
  }

  /** The cloud's time in ms since the epoch, as far as it is known. */
  now(): number {
    return Math.round(this.#options.now() + this.#offset);
  }

  /**
   * Takes the clock from an answer that refused the request's time.
   *
   * @returns whether there was something to correct
   */
  correctClock(error: TuyaAuthError): boolean {
    const t = error.tuya?.t;
    if (error.code !== "clock_skew" || t === undefined) return false;
    this.#offset = t - this.#options.now();
    this.#options.emit({ type: "clock_corrected", offset: this.#offset });
    return true;
  }

  /** Throws the `TypeError` of a request that cannot be signed, before a token is got for it. */
  check({ method, target, headers, body }: Outgoing): void {
    this.#signing((signer) => signer.stringToSign({ method, url: target, headers, body }));
  }

  /**
   * Sends a request and reads the JSON of its answer.
   *
   * @throws `TuyaAuthError`: what {@link exchange} throws; `malformed_response`, `rate_limited` or `unavailable` for an
   * answer that is no JSON
   */
  json(outgoing: Outgoing, accessToken?: string, signal?: AbortSignal): Promise<unknown> {
    return this.exchange(outgoing, accessToken, signal, jsonOf);
  }

  /**
   * Signs a request, sends it and hands its answer to `read`, all in the time that one answer may take.
   *
   * @throws `TuyaAuthError` of code `timeout`, `network_error` or `unexpected_redirect`; the signal's reason; what
   * `read` throws
   */
  exchange<T>(
    outgoing: Outgoing,
    accessToken: string | undefined,
    signal: AbortSignal | undefined,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const init = this.#signed(outgoing, accessToken);
    return withDeadline(this.#options.timeout, signal, async (ended) => {
      try {
        const url = this.#options.base + outgoing.target;
        return await read(unredirected(await this.#options.fetch(url, { ...init, signal: ended })));
      } catch (error) {
        if (error instanceof TuyaAuthError || ended.aborted) throw error;
        throw failure("network_error", { cause: error });
      }
    });
  }

  #signed(outgoing: Outgoing, accessToken: string | undefined): RequestInit {
    const { method, target, headers, body } = outgoing;
    const request = { method, url: target, headers, body, accessToken, t: this.now() };
    const init: RequestInit = {
      method,
      headers: { ...headers, ...this.#signing((signer) => signer.sign(request)) },
      // The default would follow, and carry the token to another origin.
      redirect: "manual",
    };
    if (body !== undefined) init.body = body;
    return init;
  }

  /** Uses the signer, or a new one where the old one's WebAssembly instance has ended. */
  #signing<T>(use: (signer: Signer) => T): T {
    try {
      return use(this.#signer);
    } catch (error) {
      if (!(error instanceof TypeError && "code" in error && error.code === "instance_lost")) throw error;
      this.#signer = new Signer(this.#options.keys);
      return use(this.#signer);
    }
  }
}

function unredirected(response: Response): Response {
  const redirected = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
  if (!redirected) return response;
  void response.body?.cancel().catch(() => undefined);
  throw failure("unexpected_redirect", { detail: `status ${response.status}` });
}

/**
 * The answer's JSON. The parser's own error is not kept as the cause: it quotes the text, which may hold a token.
 */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    const detail = `status ${response.status}`;
    if (response.status === 429) throw failure("rate_limited", { detail });
    if (response.status >= 500) throw failure("unavailable", { detail });
    throw malformed(`no JSON, ${detail}`);
  }
}

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
export interface Connection {
  /** The cloud's time in ms since the epoch, as far as it is known. */
  now(): number;
  /**
   * Takes the clock from an answer that refused the request's time.
   *
   * @returns whether there was something to correct
   */
  correctClock(error: TuyaAuthError): boolean;
  /** Throws the `TypeError` of a request that cannot be signed, before a token is got for it. */
  check(outgoing: Outgoing): void;
  /**
   * Signs a request, sends it and hands its answer to `read`, all in the time that one answer may take.
   *
   * @throws `TuyaAuthError` of code `timeout`, `network_error` or `unexpected_redirect`; the signal's reason; what
   * `read` throws
   */
  exchange<T>(
    outgoing: Outgoing,
    read: (response: Response) => Promise<T>,
    accessToken?: string,
    signal?: AbortSignal,
  ): Promise<T>;
}

/** The connection with these keys. */
export function connectionOf({ keys, base, fetch, now, timeout, emit }: ConnectionOptions): Connection {
  let signer = new Signer(keys);
  /** The cloud's clock minus ours, in ms, as far as the cloud complained. */
  let offset = 0;

  /** Uses the signer, or a new one where the old one's WebAssembly instance has ended. */
  function signing<T>(use: (signer: Signer) => T): T {
    try {
      return use(signer);
    } catch (error) {
      if (!(error instanceof TypeError && "code" in error && error.code === "instance_lost")) throw error;
      signer = new Signer(keys);
      return use(signer);
    }
  }

  const connection: Connection = {
    now: () => Math.round(now() + offset),

    correctClock({ code, tuya }) {
      if (code !== "clock_skew" || tuya?.t === undefined) return false;
      offset = tuya.t - now();
      emit({ type: "clock_corrected", offset });
      return true;
    },

    check(outgoing) {
      signing((signer) => signer.stringToSign(outgoing));
    },

    exchange(outgoing, read, accessToken, signal) {
      const { method, url, headers, body } = outgoing;
      const request = { ...outgoing, accessToken, t: connection.now() };
      const init: RequestInit = {
        method,
        headers: { ...headers, ...signing((signer) => signer.sign(request)) },
        // The default would follow, and carry the token to another origin.
        redirect: "manual",
      };
      if (body !== undefined) init.body = body;
      return withDeadline(timeout, signal, async (ended) => {
        try {
          return await read(unredirected(await fetch(base + url, { ...init, signal: ended })));
        } catch (error) {
          if (error instanceof TuyaAuthError || ended.aborted) throw error;
          throw failure("network_error", { cause: error });
        }
      });
    },
  };
  return connection;
}

function unredirected(response: Response): Response {
  const redirected = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
  if (!redirected) return response;
  void response.body?.cancel().catch(() => undefined);
  throw failure("unexpected_redirect", { detail: `status ${response.status}` });
}

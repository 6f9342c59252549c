import type { AnyDataCenterCode, DataCenterCode } from "../data-center.js";
import type { allowInsecure } from "../insecure.js";
import type { EncryptionKey } from "../sealing/encryption-key.js";
import type { SignerOptions } from "../signer-options.js";
import type { HeadersInput } from "../signer-request.js";
import type { Store } from "../store.js";
import type { WebAbortSignal, WebRequestInit, WebResponse, WebURLSearchParams } from "../web-types.js";
import type { ClientEvent } from "./events.js";

/** The part of `fetch` that a client uses. */
export type Fetch = (url: string, init: WebRequestInit) => Promise<WebResponse>;

/** A data center by its code, or one at an address of your own. */
export type DataCenterChoice =
  | DataCenterCode
  | {
      readonly code: AnyDataCenterCode;
      /** The base address: https, or http on loopback. It may have a path, which is never signed. */
      readonly openapi: string;
    };

/** What a client is made of. */
export interface TuyaClientOptions
  extends Pick<SignerOptions, "clientId" | "secret" | "identifier" | "algorithm" | "pathEncoding"> {
  readonly dataCenter: DataCenterChoice;
  /** Where tokens are kept; this process's memory by default. */
  readonly store?: Store | undefined;
  /**
   * Seals what is stored: the first key seals, every one opens. Without it tokens are stored as they are.
   *
   * @see `docs/storage.md` for how a key is made, replaced, and sealing turned on
   */
  readonly encryptionKeys?: readonly EncryptionKey[] | undefined;
  /** In place of the runtime's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** The clock, in ms since the epoch. */
  readonly now?: (() => number) | undefined;
  /** How long one answer may take, in ms: 10 000 by default. */
  readonly timeout?: number | undefined;
  /** Hears what happens. It is given no secret, token or code; what it throws is ignored. */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined;
  readonly [allowInsecure]?: boolean | undefined;
}

/** How a call waits, and what outlives it. */
export interface WaitOptions {
  /** Ends the wait. What was sent to get a token goes on, and its answer is stored. */
  readonly signal?: WebAbortSignal | undefined;
  /**
   * Is handed each exchange and refresh before it is sent, so that the runtime lets it end although the request that
   * caused it has ended: on Cloudflare `ctx.waitUntil.bind(ctx)`.
   */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}

/** A value of a query: arrays are joined by commas, `undefined` is left out. */
export type QueryValue = Scalar | readonly Scalar[] | undefined;

type Scalar = string | number | bigint | boolean;

/** A call of the OpenAPI. */
export interface CallRequest {
  /** `GET` by default. */
  readonly method?: string | undefined;
  /** Begins with `/`, percent-encoded; it may have a query. */
  readonly path: string;
  /** Joins the path's query; no key may appear twice. */
  readonly query?: Readonly<Record<string, QueryValue>> | WebURLSearchParams | undefined;
  /** A string or bytes are sent as they are, `URLSearchParams` as a form, everything else as JSON. */
  readonly body?: unknown;
  /** Further headers, such as `lang`. */
  readonly headers?: HeadersInput | undefined;
  /** Ends the wait, and the call itself. */
  readonly signal?: WebAbortSignal | undefined;
}

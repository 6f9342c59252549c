import type { ClientEvent } from "../client/events.js";
import type { Fetch } from "../client/options.js";
import type { EncryptionKey } from "../sealing/encryption-key.js";
import type { SignerOptions } from "../signer-options.js";
import type { Store } from "../store.js";
import type { WebRequest } from "../web-types.js";
import type { ApiRule } from "./api-rules.js";
import type { HandlerEvent } from "./events.js";

/** A data center that accounts can be linked in. */
export interface DataCenterOptions {
  /** The authorization page's address, as the console shows it: https, or http on loopback. */
  readonly page: string;
  /** The OpenAPI's address, where it is not the cloud's own; required for a data center of your own. */
  readonly openapi?: string | undefined;
  /**
   * Who takes the code: with `"server"`, the default, the handler's own callback route; with `"page"` a page that the
   * application serves at that very address, and that hands the code over.
   */
  readonly callback?: "server" | "page" | undefined;
}

/** How long a session lives, in ms. */
export interface SessionOptions {
  /** Without a request of its own: 7 days by default. A session is renewed when a hundredth of that has passed. */
  readonly idle?: number | undefined;
  /** At most, however much it is used: 30 days by default. */
  readonly max?: number | undefined;
}

/** A link that was just made. */
export interface Linked {
  /** What `subject` said at login and at callback; `undefined` where the handler has no such option. */
  readonly subject: string | undefined;
  readonly uid: string;
  readonly dataCenter: string;
}

/** What a handler is made of. */
export interface AuthHandlerOptions
  extends Pick<SignerOptions, "clientId" | "secret" | "identifier" | "algorithm"> {
  /**
   * The origin under which browsers reach the application, such as `https://app.example`; http on loopback only. It
   * decides redirect URIs, cookie names and which requests are the application's own; headers never do.
   */
  readonly origin: string;
  /** Where logins, sessions and tokens are kept. */
  readonly store: Store;
  /**
   * Seals what is stored: the first key seals, every one opens. Without it tokens are stored as they are.
   *
   * @see `docs/storage.md` for how a key is made, replaced, and sealing turned on
   */
  readonly encryptionKeys?: readonly EncryptionKey[] | undefined;
  /**
   * The data centers to offer, by code. For each the console needs the callback URL
   * `{origin}{basePath}/callback/{code}`.
   */
  readonly dataCenters: { readonly [code: string]: DataCenterOptions };
  /** The path that all routes lie under: `/auth` by default. */
  readonly basePath?: string | undefined;
  /** Where failed logins go, with `link_error=<code>` added: a path of the origin. Without it a small page says it. */
  readonly errorPath?: string | undefined;
  /** The calls that pages may make for the linked user under `{basePath}/api`: none by default. */
  readonly api?: readonly (string | ApiRule)[] | undefined;
  /**
   * The application's own user, if one is signed in: an id that stays the same, such as a user id.
   *
   * Asked at login and at callback: without one, or with another one at the callback, the link fails with
   * `subject_mismatch`. Asked again at each request that uses a session, so it should be quick: whoever signs in next at
   * a shared browser does not find the link of the one before. To another user, and to nobody, `session` says
   * `{ linked: false }`; `api` and `unlink` fail with `subject_mismatch`; `logout` works. What is stored with a session
   * is the id's SHA-256.
   */
  readonly subject?:
    | ((request: WebRequest) => string | null | undefined | Promise<string | null | undefined>)
    | undefined;
  /**
   * Runs when the tokens are stored, before the session opens and the success redirect. When it throws the link fails
   * for this browser; the tokens stay stored.
   */
  readonly onLinked?: ((linked: Linked) => unknown) | undefined;
  readonly session?: SessionOptions | undefined;
  /** How long one answer of the cloud may take, in ms: 10 000 by default. */
  readonly timeout?: number | undefined;
  /** The clock, in ms since the epoch. */
  readonly now?: (() => number) | undefined;
  /** In place of the runtime's `fetch`, for calls to the cloud. */
  readonly fetch?: Fetch | undefined;
  /** Hears what happens. It is given no secret, token or code; what it throws is ignored. */
  readonly onEvent?: ((event: ClientEvent | HandlerEvent) => void) | undefined;
}

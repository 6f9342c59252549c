import { options as checkOptions, token as checkToken, optionalFunction, optionalText } from "../check.js";
import { argumentError } from "../errors.js";
import type { Emulator } from "../generated/emulator.js";
import type { Held } from "../holds.js";
import type { WebRequest, WebRequestInit, WebResponse, WebURL } from "../web-types.js";
import { Cookies } from "./cookies.js";
import { Entropy } from "./entropy.js";
import {
  type CloudAnswer,
  type CloudRequest,
  type FaultRule,
  fromFetch,
  pause,
  type RequestRecord,
  type Revocation,
  type RevokedTokens,
  type TokenFilter,
  toResponse,
} from "./messages.js";
import { emulator } from "./module.js";
import { memoryRows, type Row, type RowStorage } from "./rows.js";
import { Turns } from "./turns.js";

/** How a cloud is made. */
export interface CloudOptions {
  /** The clock, in ms since the epoch; `advance` is added to it. */
  readonly now?: () => number;
  /** Where the rows are kept; in memory unless given. A cloud whose storage holds rows goes on from them. */
  readonly storage?: RowStorage;
  /** What a new cloud begins with: the documented project, accounts and devices. */
  readonly seed?: {
    /** The origin of the callback URLs that are registered, `http://localhost:8788` unless given. */
    readonly callbackOrigin?: string;
  };
  /**
   * The host names, without port, that it answers to besides `localhost`, `127.0.0.1` and `[::1]`. A request that
   * was made in this process and never named a `Host` is always answered.
   */
  readonly hosts?: readonly string[];
  /** What console and test control must be shown, `Authorization: Bearer …`; nothing unless given. */
  readonly token?: string;
  /** Whether a new cloud lets pass only what documents allow; true unless given. */
  readonly strict?: boolean;
  /** Hears of each request that {@link Cloud.requests} will show, once its rows are stored. What it throws is ignored. */
  readonly onRequest?: (record: RequestRecord) => void;
}

/**
 * A local Tuya cloud: OpenAPI at `/{dc}/v1.0/…`, the authorization page at `/{dc}/d/login`, the console at `/console`
 * with its JSON at `/console/api/…`, test control at `/control/…`.
 */
export interface Cloud {
  /**
   * Answers like a server that `fetch` asks; host and scheme of the URL do not matter. May be passed on without its
   * object. Redirects are given back, never followed. A GET cannot carry a body here; see `handle`. In a browser,
   * whose pages neither see nor send cookies themselves, the cloud keeps them, as the browser would.
   */
  readonly fetch: (input: string | WebURL | WebRequest, init?: WebRequestInit) => Promise<WebResponse>;
  /**
   * Answers a request as a server received it. Rejects when the storage fails; nothing has happened then. An answer
   * that a rule delays or cuts says so: the server does that.
   */
  handle(request: CloudRequest): Promise<CloudAnswer>;
  /** Whether console and test control ask for a token. */
  readonly guarded: boolean;
  /** Sets the cloud's clock forward. @param ms a whole number, at most ten years. @returns its time, ms since the epoch */
  advance(ms: number): Promise<number>;
  /** Lets access tokens expire now, all of them unless told which. Refresh tokens live on. @returns how many were alive */
  expireTokens(which?: TokenFilter): Promise<number>;
  /** Ends tokens before their time: the cloud no longer knows them. @returns how many of each kind there were */
  revokeTokens(which?: Revocation): Promise<RevokedTokens>;
  /** Makes the cloud new: its seed, no request, no rule, and no time that was added. */
  reset(): Promise<void>;
  /** Lets the next requests that match fail. */
  fail(rule: FaultRule): Promise<void>;
  /** Drops the rules of `fail` that are left. */
  clearFaults(): Promise<void>;
  /** The last 5000 requests, oldest first; those of test control are not among them. */
  requests(): Promise<readonly RequestRecord[]>;
  /** Forgets them. */
  clearRequests(): Promise<void>;
  /** All rows. They hold the tokens and secrets of this cloud. */
  snapshot(): Promise<readonly Row[]>;
}

/**
 * Makes a cloud in this process.
 *
 * @throws TypeError with `code` `invalid_argument` when an option cannot be used
 */
export function createCloud(options: CloudOptions = {}): Cloud {
  return new LocalCloud(checkOptions(options));
}

/** What the core makes of a request. */
interface Turn {
  readonly answer: CloudAnswer;
  readonly rows: readonly Row[];
}

class LocalCloud implements Cloud {
  readonly #now: () => number;
  readonly #storage: RowStorage;
  readonly #seed: { readonly callbackOrigin?: string; readonly strict: boolean };
  readonly #access: { readonly hosts: readonly string[]; readonly token?: string };
  readonly #onRequest: ((record: RequestRecord) => void) | undefined;
  readonly #turns = new Turns();
  readonly #cookies = new Cookies();
  readonly #entropy = new Entropy();
  #core: Held<Emulator>;
  /** Whether the core holds just the rows that the storage does. */
  #loaded = false;

  constructor({ now, storage, seed = {}, strict = true, hosts = [], token, onRequest }: CloudOptions) {
    if (typeof strict !== "boolean") throw argumentError("invalid_argument", "strict");
    this.#now = optionalFunction(now, "now") ?? Date.now;
    this.#onRequest = optionalFunction(onRequest, "onRequest");
    this.#storage = checkOptions(storage ?? memoryRows(), "storage");
    optionalText(checkOptions(seed, "seed").callbackOrigin, "callbackOrigin");
    this.#seed = { ...seed, strict };
    this.#access = {
      hosts: hostNames(hosts),
      ...(token === undefined ? {} : { token: checkToken(token, "token") }),
    };
    this.#core = this.#seeded();
  }

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = init === undefined && input instanceof Request ? input : new Request(input, init);
    request.signal.throwIfAborted();
    const answer = await this.handle(this.#cookies.add(await fromFetch(request, this.#access.hosts)));
    if (answer.delayMs > 0) await pause(answer.delayMs, request.signal);
    this.#cookies.keep(answer);
    return toResponse(answer);
  };

  get guarded(): boolean {
    return this.#access.token !== undefined;
  }

  handle(request: CloudRequest): Promise<CloudAnswer> {
    const { method, target, headers, body = new Uint8Array() } = request;
    return this.#turns.run(async () => {
      try {
        const core = await this.#current();
        const head = { method, target, headers, now: Math.floor(this.#now()) };
        const turn: Turn = core.use((cloud) => cloud.handle(head, body, this.#entropy.take()));
        if (turn.rows.length > 0) {
          await this.#storage.save(turn.rows);
          core.use((cloud) => cloud.apply());
          this.#tell(turn.rows);
        }
        return turn.answer;
      } catch (error) {
        this.#loaded = false;
        throw error;
      }
    });
  }

  async advance(ms: number): Promise<number> {
    if (!Number.isSafeInteger(ms)) throw argumentError("invalid_argument", "ms");
    return (await this.#control<{ now: number }>("POST", "advance", { ms })).now;
  }

  async expireTokens(which: TokenFilter = {}): Promise<number> {
    const filter = checkOptions(which, "which");
    return (await this.#control<{ expired: number }>("POST", "expire-tokens", filter)).expired;
  }

  async revokeTokens(which: Revocation = {}): Promise<RevokedTokens> {
    return this.#control("POST", "revoke-tokens", checkOptions(which, "which"));
  }

  async reset(): Promise<void> {
    await this.#control("POST", "reset", {});
  }

  async fail(rule: FaultRule): Promise<void> {
    await this.#control("POST", "fail", checkOptions(rule, "rule"));
  }

  async clearFaults(): Promise<void> {
    await this.#control("DELETE", "fail");
  }

  async requests(): Promise<readonly RequestRecord[]> {
    return (await this.#control<{ requests: readonly RequestRecord[] }>("GET", "requests")).requests;
  }

  async clearRequests(): Promise<void> {
    await this.#control("DELETE", "requests");
  }

  snapshot(): Promise<readonly Row[]> {
    return this.#turns.run(async () => (await this.#current()).use((cloud) => cloud.snapshot()));
  }

  #tell(rows: readonly Row[]): void {
    if (this.#onRequest === undefined) return;
    const row = rows.find(({ key, value }) => key.startsWith("request/") && value !== null);
    if (!row?.value) return;
    // Documented: what a listener throws is ignored, at once or later.
    try {
      const heard: unknown = this.#onRequest(JSON.parse(row.value));
      if (heard instanceof Promise) heard.catch(() => {});
    } catch {}
  }

  /** A call of test control. What it refuses is the caller's mistake. */
  async #control<T>(method: string, action: string, json?: object): Promise<T> {
    const headers = [
      ["host", "localhost"],
      ["content-type", "application/json"],
      ["authorization", `Bearer ${this.#access.token ?? ""}`],
    ] as const;
    const sent = json && new TextEncoder().encode(JSON.stringify(json));
    const { status, body } = await this.handle({ method, target: `/control/${action}`, headers, body: sent });
    const answer = JSON.parse(body);
    if (status === 400) throw argumentError("invalid_argument", answer.error);
    if (status !== 200) throw new Error(answer.error);
    return answer;
  }

  /** The core with the storage's rows: read at the first request, and again after one that failed. */
  async #current(): Promise<Held<Emulator>> {
    if (this.#loaded) return this.#core;
    const rows = await this.#storage.load();
    this.#core.release();
    this.#core = rows.length > 0 ? this.#restored(rows) : this.#seeded();
    if (rows.length === 0) await this.#storage.save(this.#core.use((cloud) => cloud.snapshot()));
    this.#loaded = true;
    return this.#core;
  }

  #seeded(): Held<Emulator> {
    return emulator.hold(this, ({ Emulator }) => new Emulator(this.#seed, this.#access));
  }

  #restored(rows: readonly Row[]): Held<Emulator> {
    return emulator.hold(this, ({ Emulator }) => Emulator.restore(rows, this.#access));
  }
}

/** Names as they stand in a `Host`, without port. */
function hostNames(names: readonly string[]): readonly string[] {
  if (!Array.isArray(names)) throw argumentError("invalid_argument", "hosts");
  for (const name of names) {
    if (typeof name !== "string" || !/^([\w.-]{1,253}|\[[\da-f:.]+\])$/i.test(name)) {
      throw argumentError("invalid_argument", "hosts");
    }
  }
  return [...names];
}

import { type Cloud, createCloud } from "tuya-auth/emulator";
import { type ClientEvent, TuyaClient, type TuyaClientOptions } from "tuya-auth/server";

import { obtainCode } from "./consent.js";
import { ann, appKeys } from "./demo-seed.js";

/** The cloud's origin; the cloud is in this process and does not care. */
const origin = "http://127.0.0.1:8787";

/** The address of the data center `us`; its path is never signed. */
export const openapi = `${origin}/us`;

/** How long the cloud's tokens live, in ms. */
export const LIFETIME = 7_200_000;

/** A cloud, clients of it, and the time that all of them live in. */
export class Scenario {
  /** In ms since the epoch; a test sets it forward. */
  time = 1_800_000_000_000;
  readonly cloud: Cloud = createCloud({ now: () => this.time });
  readonly events: ClientEvent[] = [];

  /** A client of data center `us`, by the keys of the app authorization unless others are given. */
  client(options: Partial<TuyaClientOptions> = {}): TuyaClient {
    return new TuyaClient({
      ...appKeys,
      dataCenter: { code: "us", openapi },
      fetch: this.cloud.fetch,
      now: () => this.time,
      onEvent: (event) => this.events.push(event),
      ...options,
    });
  }

  /** A code that Ann has consented to. */
  code(): Promise<string> {
    return obtainCode({ fetch: this.cloud.fetch, origin, dataCenter: "us", account: ann });
  }

  /** Method, path and verdict of the OpenAPI calls that the cloud got, oldest first; tokens are left out. */
  async calls(): Promise<string[]> {
    const requests = await this.cloud.requests();
    return requests
      .filter(({ target }) => target.startsWith("/us/v1.0/"))
      .map(({ method, target, verdict }) => `${method} ${pathOf(target)} ${verdict}`);
  }

  /** How often the cloud was asked to refresh a token. */
  async refreshes(): Promise<number> {
    return (await this.calls()).filter((call) => call.startsWith("GET /v1.0/token/")).length;
  }
}

/** Ann's devices: a call that needs her token. */
export const devices = { path: `/v1.0/users/${ann.uid}/devices` };

function pathOf(target: string): string {
  const path = new URL(target, origin).pathname.slice("/us".length);
  return path.replace(/^\/v1\.0\/token\/.+/, "/v1.0/token/…");
}

/** A gate in the way of what calls `pass`, until it opens. */
export class Gate {
  readonly #opened: Promise<void>;
  readonly #reached: Promise<void>;
  #reach: () => void = () => undefined;
  /** Lets go of everything that waits, and of all that will come. */
  open: () => void = () => undefined;

  constructor() {
    this.#opened = new Promise((resolve) => {
      this.open = resolve;
    });
    this.#reached = new Promise((resolve) => {
      this.#reach = resolve;
    });
  }

  /** Resolves when the first request waits. */
  get reached(): Promise<void> {
    return this.#reached;
  }

  async pass(): Promise<void> {
    this.#reach();
    await this.#opened;
  }
}

/** Whether a URL is that of a refresh. */
export function isRefresh(url: string): boolean {
  return url.includes("/v1.0/token/");
}

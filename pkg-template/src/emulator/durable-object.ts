/** A local Tuya cloud in a Durable Object, with its rows in the object's SQLite storage. */

import { type Cloud, type CloudOptions, createCloud } from "../emulator.js";
import { argumentError } from "../errors.js";
import type { WebRequest, WebResponse } from "../web-types.js";
import { sqlRows } from "./sql-rows.js";

/** The part of a Durable Object's state that {@link TuyaCloudObject} uses: the storage of a SQLite-backed class. */
export interface CloudObjectState {
  readonly storage: {
    readonly sql: {
      exec(query: string, ...values: string[]): { toArray(): object[] };
    };
    transactionSync(change: () => void): void;
  };
}

/** What of the worker's environment the object reads. */
export interface CloudObjectEnv {
  /** What console and test control must be shown; a secret. Needed when there are host names. */
  readonly TUYA_EMULATOR_TOKEN?: string;
  /** The host names that the cloud answers to besides those of loopback, with commas between them. */
  readonly TUYA_EMULATOR_HOSTS?: string;
}

/**
 * A Durable Object that is a cloud. Its rows are written within the request that makes them, in one transaction, and
 * the runtime holds the answer back until they are on disk.
 *
 * Export it from the worker under its own name, or a class that extends it and hands on options, bind it as a
 * SQLite-backed class (`new_sqlite_classes` in a Wrangler file), and pass requests on as they came: `Host` is
 * checked. It is a plain class and imports nothing of the runtime.
 */
export class TuyaCloudObject {
  readonly #cloud: Cloud;

  /**
   * The runtime makes the object.
   *
   * @throws TypeError with `code` `invalid_argument` when an option cannot be used, or when the cloud has names that
   *   others can reach and no token
   */
  constructor(state: CloudObjectState, env: unknown, options: Omit<CloudOptions, "storage"> = {}) {
    const { storage } = state;
    const rows = sqlRows({
      run: (statement, ...values) => void storage.sql.exec(statement, ...values),
      all: (query) => storage.sql.exec(query).toArray(),
      transaction: (change) => storage.transactionSync(change),
    });
    const all = { ...accessOf(env as CloudObjectEnv | undefined), ...options, storage: rows };
    this.#cloud = createCloud(all);
    if (all.hosts.length > 0 && !this.#cloud.guarded) throw argumentError("invalid_argument", "token");
  }

  /** Answers a request to the cloud. */
  fetch(request: WebRequest): Promise<WebResponse> {
    return this.#cloud.fetch(request);
  }
}

function accessOf(env: CloudObjectEnv | undefined): CloudOptions & { readonly hosts: readonly string[] } {
  const { TUYA_EMULATOR_TOKEN: token, TUYA_EMULATOR_HOSTS: hosts = "" } = env ?? {};
  const names = hosts.split(",").map((name) => name.trim());
  return { hosts: names.filter((name) => name !== ""), ...(token === undefined ? {} : { token }) };
}

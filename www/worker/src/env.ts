/** What `wrangler.jsonc` binds, and the secrets that it names. */

import type { AuthHandlerOptions } from "tuya-auth/handler";

/** The worker's bindings, variables and secrets. */
export interface Env {
  /** The namespace of `TuyaStoreObject`. */
  STORE: DurableObjectNamespace;
  /** The page's files. */
  ASSETS: Fetcher;
  /** The origin under which browsers reach this worker, such as `https://link.example.com`. */
  ORIGIN: string;
  /** The client ID of the app authorization that OAuth 2.0 is configured with. */
  TUYA_CLIENT_ID: string;
  /** Its secret; set with `wrangler secret put`. */
  TUYA_CLIENT_SECRET: string;
  /** The keys that seal what is stored, joined by commas: the current one first. Set it like the secret. */
  TUYA_ENCRYPTION_KEYS?: string;
  /** The application's identifier, where the cloud asks for one. */
  TUYA_IDENTIFIER?: string;
  /** How long one answer of the cloud may take, in ms: 10 000 by default. */
  TUYA_TIMEOUT?: number;
  /** The data centers to offer, by code. */
  TUYA_DATA_CENTERS: AuthHandlerOptions["dataCenters"];
}

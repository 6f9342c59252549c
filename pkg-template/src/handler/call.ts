import type { Config } from "./config.js";

/** One request to a handler, with what its routes need. */
export interface Call {
  readonly config: Config;
  readonly request: Request;
  /** The request's URL. Only its path and query count: the host is whatever the client says. */
  readonly url: URL;
  /** `Set-Cookie` values that its answer gets, whatever that is; they stand before the route's own. */
  readonly cookies: string[];
  /** Keeps the runtime going until the work is done, although the request has ended. */
  readonly waitUntil: ((work: Promise<unknown>) => void) | undefined;
}

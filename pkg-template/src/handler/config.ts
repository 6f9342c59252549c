import { createAuthorization } from "../authorization.js";
import { checkBaseAddress } from "../base-address.js";
import * as check from "../check.js";
import { emitter } from "../client/events.js";
import type { DataCenterChoice } from "../client/options.js";
import { type Project, projectOf } from "../client/project.js";
import { core } from "../core.js";
import { argumentError } from "../errors.js";
import { sealedStore } from "../sealing/sealed-store.js";
import type { Store } from "../store.js";
import { type CheckedRule, checkRules } from "./api-rules.js";
import { type Cookies, cookiesOf } from "./cookies.js";
import type { HandlerEvent } from "./events.js";
import type { AuthHandlerOptions, DataCenterOptions } from "./options.js";
import { localPath } from "./return-to.js";

/** A data center as a handler serves it. */
export interface Site {
  readonly dataCenter: string;
  /** Who takes the code. */
  readonly callback: "server" | "page";
  readonly page: string;
  /** The callback URL that the console must know. */
  readonly redirectUri: string;
  readonly project: Project;
}

/** A handler's options, checked, with everything that follows from them. */
export interface Config {
  readonly clientId: string;
  readonly origin: string;
  readonly basePath: string;
  readonly errorPath: string | undefined;
  readonly store: Store;
  readonly sites: ReadonlyMap<string, Site>;
  readonly cookies: Cookies;
  readonly rules: readonly CheckedRule[];
  readonly subject: AuthHandlerOptions["subject"];
  readonly onLinked: AuthHandlerOptions["onLinked"];
  /** In ms. */
  readonly session: { readonly idle: number; readonly max: number };
  readonly now: () => number;
  readonly emit: (event: HandlerEvent) => void;
}

const DAY = 24 * 60 * 60 * 1000;
const BASE_PATH = /^(\/[\w.~-]*[\w~-])+$/;

/**
 * Checks a handler's options.
 *
 * @throws `TypeError` with a `code`: `invalid_argument` (the message names the option), `invalid_url`,
 * `insecure_url`, `invalid_client_id`, `invalid_secret`, `invalid_header`, `invalid_data_center`
 */
export function configOf(options: AuthHandlerOptions): Config {
  check.options(options);
  const { clientId, now = Date.now } = options;
  const origin = originOf(options.origin);
  const basePath = check.text(options.basePath ?? "/auth", "basePath", "invalid_argument", BASE_PATH);
  check.optionalFunction(now, "now");
  return {
    clientId,
    origin,
    basePath,
    errorPath: errorPathOf(options.errorPath, origin),
    store: sealedStore(options.store, options.encryptionKeys),
    sites: sitesOf(options, `${origin}${basePath}`),
    cookies: cookiesOf(origin),
    rules: checkRules(options.api ?? []),
    subject: check.optionalFunction(options.subject, "subject"),
    onLinked: check.optionalFunction(options.onLinked, "onLinked"),
    session: {
      idle: check.duration(options.session?.idle ?? 7 * DAY, "session.idle", Number.MAX_VALUE),
      max: check.duration(options.session?.max ?? 30 * DAY, "session.max", Number.MAX_VALUE),
    },
    now,
    emit: emitter(check.optionalFunction(options.onEvent, "onEvent")),
  };
}

/** An origin exactly as browsers write it, so that it can be compared with what they send. */
function originOf(value: unknown): string {
  const origin = check.text(value, "origin", "invalid_url");
  if (!URL.canParse(origin) || new URL(origin).origin !== origin)
    throw argumentError("invalid_url", "origin");
  checkBaseAddress(origin);
  return origin;
}

function errorPathOf(value: unknown, origin: string): string | undefined {
  const path = check.optionalText(value, "errorPath");
  if (path === undefined) return undefined;
  const local = localPath(path, origin);
  if (local === undefined) throw argumentError("invalid_argument", "errorPath");
  return local;
}

function sitesOf(options: AuthHandlerOptions, base: string): ReadonlyMap<string, Site> {
  const entries = Object.entries(check.options(options.dataCenters, "dataCenters"));
  if (entries.length === 0) throw argumentError("invalid_argument", "dataCenters");
  return new Map(entries.map(([code, site]) => [code, siteOf(options, code, site, base)]));
}

function siteOf(
  options: AuthHandlerOptions,
  dataCenter: string,
  site: DataCenterOptions,
  base: string,
): Site {
  const { page, openapi, callback = "server" } = check.options(site, `dataCenters.${dataCenter}`);
  check.oneOf(callback, ["server", "page"], `dataCenters.${dataCenter}.callback`);
  const { clientId, secret, identifier, algorithm, store, encryptionKeys } = options;
  const { fetch, now, timeout, onEvent } = options;
  const choice = openapi === undefined ? dataCenter : { code: dataCenter, openapi };
  const project = projectOf({
    ...{ clientId, secret, identifier, algorithm, store, encryptionKeys, fetch, now, timeout, onEvent },
    dataCenter: choice as DataCenterChoice,
  });
  const redirectUri = `${base}/callback/${dataCenter}`;
  // A URL made with a state that nobody uses: it checks page, client ID and data center without randomness.
  const state = `${"0".repeat(22)}.${dataCenter}`;
  createAuthorization(core, { page, clientId, redirectUri, dataCenter, state });
  return { dataCenter, callback, page, redirectUri, project };
}

import * as check from "./check.js";
import type { AnyDataCenterCode } from "./data-center.js";
import { randomBytes } from "./entropy.js";
import { TuyaAuthError } from "./errors.js";
import type { Frame } from "./frame.js";
import { allowInsecure } from "./insecure.js";
import type { Module } from "./instance.js";
import type { WebURL, WebURLSearchParams } from "./web-types.js";

/** The functions that both modules have. */
type PageGlue = import("./generated/page.js").Exports;

/** What an authorization URL is made of. */
export interface AuthorizationOptions {
  /** The authorization page's address, as the console shows it: https, or http on loopback. */
  readonly page: string | WebURL;
  /** The client ID of the app authorization. */
  readonly clientId: string;
  /** The callback URL registered for this data center: https, or http on loopback; no fragment. */
  readonly redirectUri: string | WebURL;
  /** The data center that the callback URL belongs to. */
  readonly dataCenter: AnyDataCenterCode;
  /** A state of your own: at least 22 base64url characters, a dot and the data center's code. */
  readonly state?: string | undefined;
  /** Further parameters for the page; not `client_id`, `redirect_uri` or `state`. */
  readonly params?: Readonly<Record<string, string>> | WebURLSearchParams | undefined;
  readonly [allowInsecure]?: boolean | undefined;
}

/** An authorization that was begun. */
export interface Authorization {
  /** Where the browser goes. */
  readonly url: string;
  /** What the callback must carry; keep it in this browser until then. */
  readonly state: string;
  readonly dataCenter: string;
}

/** What a callback is checked against. */
export interface CallbackExpectation {
  /** The state that this browser was given. When it has none, no callback passes. */
  readonly state: string | null | undefined;
  /** The data center that the callback URL belongs to, if each has its own. */
  readonly dataCenter?: AnyDataCenterCode | undefined;
}

/** A callback that passed every check. */
export interface Callback {
  /** The authorization code: works once, for a few minutes, in its data center. */
  readonly code: string;
  readonly state: string;
  readonly dataCenter: string;
}

/** @internal What both entries offer, in either module. */
export function createAuthorization(
  module: Module<PageGlue, Frame>,
  options: AuthorizationOptions,
): Authorization {
  check.options(options);
  const page = check.urlText(options.page, "page");
  const clientId = check.text(options.clientId, "clientId", "invalid_client_id");
  const redirectUri = check.urlText(options.redirectUri, "redirectUri");
  const dataCenter = check.text(options.dataCenter, "dataCenter", "invalid_data_center");
  const given = check.optionalText(options.state, "state", "invalid_state");
  const params = formOf(options.params);
  const insecure = options[allowInsecure] === true ? "" : undefined;
  const entropy = given === undefined ? randomBytes(16) : undefined;
  const fields = [insecure, page, clientId, redirectUri, dataCenter, given, entropy, params];
  const [state, url] = module.call((glue, frame) => pairOf(frame.text(fields, glue.authorization_url)));
  return { url, state, dataCenter };
}

/** @internal What both entries offer, in either module. */
export function parseCallback(
  module: Module<PageGlue, Frame>,
  input: string | URL | URLSearchParams,
  expected: CallbackExpectation,
): Callback {
  const { state, dataCenter } = check.options(expected);
  const expectedState = check.text(state ?? "", "state");
  const expectedDataCenter = check.optionalText(dataCenter, "dataCenter");
  const text = callbackText(input);
  const fields = [text, expectedState, expectedDataCenter];
  const [found, code] = module.call((glue, frame) => pairOf(frame.text(fields, glue.parse_callback)));
  return { code, state: expectedState, dataCenter: found };
}

/** The two texts of an answer. */
function pairOf(answer: string): [string, string] {
  const [first = "", second = ""] = answer.split("\n", 2);
  return [first, second];
}

/** Whatever is wrong with a callback is the browser's doing, not the caller's. */
function callbackText(input: unknown): string {
  if (typeof input === "string" || input instanceof URL || input instanceof URLSearchParams)
    return `${input}`;
  throw new TuyaAuthError("callback_malformed", { detail: "type" });
}

function formOf(params: NonNullable<AuthorizationOptions["params"]> = {}): string {
  const pairs = check.pairs(params, "params");
  for (const [key, value] of pairs) check.text(value, `params.${key}`);
  return `${new URLSearchParams(pairs)}`;
}

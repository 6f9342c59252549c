import { malformed, readAnswer } from "./answer.js";
import * as check from "./check.js";
import { core } from "./core.js";
import type { AnyDataCenterCode } from "./data-center.js";
import { argumentError } from "./errors.js";

/** Tokens, and what is known about them. Times are in ms since the epoch. */
export interface TokenSet {
  readonly accessToken: string;
  /** Works once, without a time limit; using it ends both tokens. */
  readonly refreshToken: string;
  /** The user; in simple mode the project's own. */
  readonly uid: string;
  /** The data center that the tokens work in. */
  readonly dataCenter: string;
  /** By the cloud's clock: its `t` plus the lifetime. */
  readonly expiresAt: number;
  /** By the caller's clock. */
  readonly obtainedAt: number;
}

/** How a token is asked for. */
export type TokenGrant =
  /** Simple mode: data that belongs to the project. */
  | { readonly grant: "simple" }
  /** Code mode: data of the user who consented, by the code of a callback. */
  | { readonly grant: "code"; readonly code: string }
  /** The next token, by the refresh token of the last. */
  | { readonly grant: "refresh"; readonly refreshToken: string };

/** A token call, ready to be signed without an access token. */
export interface TokenRequest {
  readonly method: "GET";
  /** Path and query; they hold the code or the refresh token. */
  readonly url: string;
}

/**
 * Builds a token call (`docs/protocol.md`, section 4).
 *
 * @throws `TypeError` of code `invalid_token` or `invalid_argument`
 */
export function buildTokenRequest(grant: TokenGrant): TokenRequest {
  const [kind, value] = grantParts(check.options(grant, "grant"));
  return {
    method: "GET",
    url: core.call((glue, frame) => frame.text([kind, value], glue.token_path)),
  };
}

/** The number and the value that the core knows a grant by. */
function grantParts(grant: TokenGrant): [kind: number, value: string] {
  switch (grant.grant) {
    case "simple":
      return [0, ""];
    case "code":
      return [1, check.text(grant.code, "code", "invalid_token")];
    case "refresh":
      return [2, check.text(grant.refreshToken, "refreshToken", "invalid_token")];
    default:
      throw argumentError("invalid_argument", "grant");
  }
}

/**
 * Reads the answer of a token call.
 *
 * @param json the answer's body, parsed
 * @param context.now the caller's time in ms since the epoch
 * @throws `TuyaAuthError`: what the cloud's code stands for, or `malformed_response`; `TypeError` of code
 * `invalid_time`, `invalid_data_center` or `invalid_argument` for a wrong context
 */
export function parseTokenResponse(
  json: unknown,
  context: { readonly dataCenter: AnyDataCenterCode; readonly now: number },
): TokenSet {
  const { dataCenter, now } = check.options(context, "context");
  check.text(dataCenter, "dataCenter", "invalid_data_center");
  if (!Number.isFinite(now)) throw argumentError("invalid_time", "now");
  const { result, t } = readAnswer(json);
  if (typeof result !== "object" || result === null) throw malformed("result");
  // An older table of the documents says `expire`.
  const {
    access_token,
    refresh_token,
    uid,
    expire,
    expire_time = expire,
  } = result as Record<string, unknown>;
  if (typeof access_token !== "string") throw malformed("access_token");
  if (typeof refresh_token !== "string") throw malformed("refresh_token");
  if (typeof uid !== "string") throw malformed("uid");
  if (typeof expire_time !== "number") throw malformed("expire_time");
  const expiresAt = core.call((glue, frame) =>
    frame.float([expire_time, t ?? Number.NaN, now, access_token, refresh_token, uid], glue.token_expiry),
  );
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    uid,
    dataCenter,
    expiresAt,
    obtainedAt: now,
  };
}

import * as check from "../check.js";
import { argumentError } from "../errors.js";
import { mistakes } from "../generated/tables.js";
import { bytesOf } from "../signer-body.js";
import { type SignerOptions, signerKeys } from "../signer-options.js";
import { receivedHeaders, type VerifyRequest } from "../signer-request.js";
import { debug } from "./module.js";

/** The name of a way to sign wrongly, such as `query_unsorted`; stable. */
export type MistakeId = (typeof mistakes)[number][1];

/** The keys that a request should have been signed with, and how. */
export interface Credentials extends SignerOptions {
  /** Secrets that may have been used in its place, such as those of other projects. */
  readonly otherSecrets?: readonly string[] | undefined;
}

/** What the caller meant to send, where the request itself may not show it. */
export interface Meant {
  /** Query values by key, of which lists and nulls matter: programs sign them in one form and send them in another. */
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** The nonce that was signed, when none was sent. */
  readonly nonce?: string | undefined;
}

/** A request with a sign that somebody computed, as a server received it or a client sent it. */
export interface DiagnoseRequest extends Omit<VerifyRequest, "now"> {
  readonly meant?: Meant | undefined;
}

/** Mistakes that together give the very sign. */
export interface Match {
  /** One to three, most likely first. */
  readonly mistakes: readonly MistakeId[];
  /** What was done, a sentence for each mistake. */
  readonly description: string;
  /** What to do instead, a sentence for each mistake. */
  readonly fix: string;
}

/** What was found. */
export interface Diagnosis {
  /** The sign is right. If the cloud refuses it all the same, these are not the keys of that project. */
  readonly correct: boolean;
  /**
   * The explanations with the fewest mistakes, most likely first; they cannot be told apart. None when the sign is
   * right, and when nothing in the catalogue gives it.
   */
  readonly matches: readonly Match[];
  /** How many HMACs were computed; at most 20 000. */
  readonly hmacs: number;
}

/**
 * Finds why a sign is wrong: which mistakes of the catalogue (`docs/protocol.md`, section 7) give that very sign.
 * Nothing is guessed, since no other string has the same HMAC.
 *
 * @param request as `Signer.verify` takes it: `t`, nonce, access token and signed headers come from `headers` unless
 * they are given. The path may have a base path before the API's version
 * @param sign the sign to explain; the request's own by default
 * @throws `TypeError` of code `invalid_argument` (no sign), `invalid_time` (no `t`), `invalid_url`, `bad_escape`,
 * `invalid_header`, and those of `new Signer`
 */
export function diagnose(credentials: Credentials, request: DiagnoseRequest, sign?: string): Diagnosis {
  const { clientId, secret, identifier, flags } = signerKeys(credentials);
  const others = (credentials.otherSecrets ?? []).map((other) =>
    check.text(other, "otherSecrets", "invalid_secret"),
  );
  const { method = "GET", body, meant = {} } = check.options(request, "request");
  check.text(method, "method", "invalid_method");
  const url = check.urlText(request.url, "url");
  const headers = receivedHeaders(request);
  const given = check.text(sign ?? headers.get("sign"), "sign");
  if (!headers.get("t")) throw argumentError("invalid_time", "t");
  const values = meantValues(check.options(meant, "meant").query ?? {});
  const nonce = check.optionalText(meant.nonce, "meant.nonce");
  const texts = [clientId, secret, method, url, given, identifier];
  const fields = [flags, ...texts, [...headers].flat(), bytesOf(body), others, values, nonce];
  const answer = debug.call((glue, frame) => frame.text(fields, glue.diagnose));
  return diagnosisOf(answer);
}

/** Key and value of each null, whose value is empty, and of each list item, which stands behind a `=`. */
function meantValues(query: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(check.options(query, "meant.query")).flatMap(([key, value]) => {
    if (value === null || value === undefined) return [key, ""];
    return Array.isArray(value) ? value.flatMap((item) => [key, `=${String(item)}`]) : [];
  });
}

/** Reads the module's numbers: right or not and the HMACs in the first line, a match in each further one. */
function diagnosisOf(answer: string): Diagnosis {
  const [[correct, hmacs = 0] = [], ...matches] = answer
    .split("\n")
    .map((line) => line.split(" ").map(Number));
  return { correct: correct === 1, matches: matches.map(matchOf), hmacs };
}

function matchOf(ids: readonly number[]): Match {
  const rows = ids.flatMap((id) => mistakes.filter((row) => row[0] === id));
  return {
    mistakes: rows.map(([, name]) => name),
    description: rows.map(([, , description]) => description).join(" "),
    fix: rows.map(([, , , fix]) => fix).join(" "),
  };
}

/// <reference lib="esnext.disposable" preserve="true" />
import * as check from "./check.js";
import { CoreHandle, core } from "./core.js";
import { argumentError } from "./errors.js";
import type { Held } from "./holds.js";
import { bytesOf } from "./signer-body.js";
import { type SignerOptions, signerKeys } from "./signer-options.js";
import { partsOf, receivedHeaders, type SignRequest, stampOf, type VerifyRequest } from "./signer-request.js";
import { type SigningFrame, sign } from "./signing.js";

/** The headers that {@link Signer.sign} makes. */
export type SignedHeaders = Record<string, string> & {
  client_id: string;
  /** 64 upper-case hexadecimal digits. */
  sign: string;
  /** Ms since the epoch, 13 digits. */
  t: string;
  sign_method: string;
  nonce?: string;
  access_token?: string;
  /** Names joined by colons. */
  "Signature-Headers"?: string;
  identifier?: string;
};

/** What {@link Signer.verify} found. */
export type Verdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** `sign_invalid`, `clock_skew` or `client_invalid`. */
      readonly code: string;
      /** The rule that is broken, for people. */
      readonly reason: string;
    };

/**
 * Signs requests with one pair of keys, and verifies signed ones (`docs/protocol.md`, section 2).
 *
 * It lives in WebAssembly memory, which ends with the object at the latest; `free` ends it at once. After that its
 * methods throw a `TypeError` of code `signer_freed`, and after a trap or a stack overflow in it `instance_lost`: then
 * make a new one.
 */
export class Signer {
  readonly #held: Held<CoreHandle, SigningFrame>;
  readonly #clientId: string;
  readonly #identifier: string | undefined;

  /** @throws `TypeError` of code `invalid_client_id`, `invalid_secret`, `invalid_header` or `invalid_argument` */
  constructor(options: SignerOptions) {
    const { clientId, secret, identifier, flags } = signerKeys(options);
    const fields = [flags, clientId, secret, identifier];
    this.#held = core.hold(
      this,
      (glue, frame) => new CoreHandle(glue, frame.number(fields, glue.signer_new)),
    );
    this.#clientId = clientId;
    this.#identifier = identifier;
  }

  /**
   * The headers that make the request a signed one. Send them with the very method, URL and body that were signed.
   *
   * @returns `client_id`, `sign`, `t`, `sign_method`, and where they are used `nonce`, `access_token`,
   * `Signature-Headers`, `identifier`
   * @throws `TypeError` of code `invalid_url`, `invalid_method`, `invalid_time`, `invalid_nonce`, `invalid_token`,
   * `invalid_header`, `repeated_key`, `bad_escape`, `invalid_argument`
   */
  sign(request: SignRequest): SignedHeaders {
    const parts = partsOf(request);
    const stamp = stampOf(request);
    const { accessToken, t, nonce } = stamp;
    const headers: SignedHeaders = {
      client_id: this.#clientId,
      sign: this.#held.use(({ glue, id }, frame) => sign(glue, frame, id, parts, stamp)),
      t,
      sign_method: "HMAC-SHA256",
    };
    if (nonce !== "") headers.nonce = nonce;
    if (accessToken !== undefined) headers.access_token = accessToken;
    if (parts.signed.length > 0) headers["Signature-Headers"] = (request.signedHeaders ?? []).join(":");
    if (this.#identifier !== undefined) headers.identifier = this.#identifier;
    return headers;
  }

  /**
   * What is signed of the request itself, so that a mismatch can be seen: method, content hash, signed headers, URL.
   * Empty for the legacy algorithm. Throws as {@link sign} does.
   */
  stringToSign(request: SignRequest): string {
    const { method, url, signed, body } = partsOf(request);
    return this.#held.use(({ glue, id }, frame) =>
      frame.text([id, body.kind, method, url, signed, body.content], glue.signer_string_to_sign),
    );
  }

  /**
   * Checks a request as a server received it. Sign, `t`, nonce, access token and signed headers come from `headers`
   * unless they are given.
   *
   * @throws `TypeError` for wrong types only; whatever the request holds gives a verdict
   */
  verify(request: VerifyRequest): Verdict {
    const { method = "GET", body, now = Date.now() } = check.options(request, "request");
    check.text(method, "method", "invalid_method");
    if (typeof now !== "number") throw argumentError("invalid_time", "now");
    const url = check.urlText(request.url, "url");
    const headers = receivedHeaders(request);
    const received = bytesOf(body);
    try {
      this.#held.use(({ glue, id }, frame) =>
        frame.number([id, now, method, url, [...headers].flat(), received], glue.signer_verify),
      );
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error instanceof TypeError) throw error;
      return { ok: false, code: String(error.code), reason: error.message };
    }
    return { ok: true };
  }

  /** Ends the signer and wipes its memory; twice is no error. */
  free(): void {
    this.#held.release();
  }

  [Symbol.dispose](): void {
    this.free();
  }
}

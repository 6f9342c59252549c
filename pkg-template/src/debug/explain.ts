import { type SignerOptions, signerKeys } from "../signer-options.js";
import { partsOf, type SignRequest, stampOf } from "../signer-request.js";
import { debug } from "./module.js";

/** What is signed, stage by stage (`docs/protocol.md`, section 2). It holds no secret, and the token is masked. */
export interface Explanation {
  /** Method, content hash, signed headers and URL; empty for the legacy algorithm. */
  readonly stringToSign: string;
  /** Lower-case hex of the body's SHA-256; that of nothing for a form. */
  readonly contentSha256: string;
  /** Path and sorted, decoded query. */
  readonly canonicalUrl: string;
  /** One line for each signed header; empty for none. */
  readonly signedHeaders: string;
  /** The whole signed string; the access token's characters are stars. */
  readonly str: string;
  /** 64 upper-case hexadecimal digits. */
  readonly sign: string;
  /** All of it for people: a paragraph for each stage, line feeds made visible. */
  readonly text: string;
}

/**
 * Signs a request as `Signer.sign` does, and tells how. To see what a request that was sent should have been signed
 * as, give its `t`, its `nonce` (the empty string for none) and, except on token calls, its `accessToken`.
 *
 * @throws `TypeError` with a `code`, as `new Signer` and `Signer.sign` do
 */
export function explain(credentials: SignerOptions, request: SignRequest): Explanation {
  const { clientId, secret, identifier, flags } = signerKeys(credentials);
  const { method, url, signed, body } = partsOf(request);
  const { accessToken, t, nonce } = stampOf(request);
  const numbers = [flags, body.kind, Number(t)];
  const texts = [clientId, secret, method, url, accessToken, nonce, identifier];
  const fields = [...numbers, ...texts, signed, body.content];
  const [contentSha256, canonicalUrl, signedHeaders, stringToSign, str, sign, text] = debug.call(
    (glue, frame) => frame.texts(fields, glue.explain),
  ) as [string, string, string, string, string, string, string];
  return { stringToSign, contentSha256, canonicalUrl, signedHeaders, str, sign, text };
}

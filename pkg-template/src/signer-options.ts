import * as check from "./check.js";

/** Keys, and how to sign with them. */
export interface SignerOptions {
  readonly clientId: string;
  readonly secret: string;
  /**
   * For keys of an app authorization: on Android SHA1 and application ID, on iOS the bundle identifier. It is sent and
   * signed; whether the cloud asks for it is not documented.
   */
  readonly identifier?: string | undefined;
  /** `legacy` only for projects made before 30 June 2021. */
  readonly algorithm?: "current" | "legacy" | undefined;
  /** How a path with percent-escapes is signed; the documents do not say, and official clients differ. */
  readonly pathEncoding?: "as-written" | "decoded" | undefined;
  /** Lets a query key appear twice; what the cloud then signs is not documented. */
  readonly allowRepeatedKeys?: boolean | undefined;
}

/** The options of a signer as the modules take them. */
export interface SignerKeys {
  readonly clientId: string;
  readonly secret: string;
  readonly identifier: string | undefined;
  /** A sum: 1 legacy algorithm, 2 path decoded, 4 repeated keys allowed. */
  readonly flags: number;
}

/** @throws `TypeError` of code `invalid_client_id`, `invalid_secret` or `invalid_argument` */
export function signerKeys(options: SignerOptions): SignerKeys {
  check.options(options);
  const { algorithm = "current", pathEncoding = "as-written", allowRepeatedKeys = false } = options;
  check.oneOf(algorithm, ["current", "legacy"], "algorithm");
  check.oneOf(pathEncoding, ["as-written", "decoded"], "pathEncoding");
  return {
    clientId: check.text(options.clientId, "clientId", "invalid_client_id"),
    secret: check.text(options.secret, "secret", "invalid_secret"),
    identifier: check.optionalText(options.identifier, "identifier"),
    flags:
      (algorithm === "legacy" ? 1 : 0) | (pathEncoding === "decoded" ? 2 : 0) | (allowRepeatedKeys ? 4 : 0),
  };
}

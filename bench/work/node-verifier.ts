import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";

import { type Headers, signingBy } from "./by-hand.js";
import { tuned } from "./peers/node-crypto.js";
import type { Verifier } from "./verify.js";

const CLOCK_WINDOW_MS = 300_000;

const sign = signingBy(tuned);

/** What is left of verifying once the request is known to be a well-formed one of the typical kind. */
export const nodeVerifier: Verifier = {
  name: "node:crypto, tuned by hand",
  verify({ method = "GET", url, headers, now = Date.now() }) {
    const { t, nonce, access_token: accessToken, sign: given } = headers as Partial<Headers>;
    if (t === undefined || nonce === undefined || accessToken === undefined || given === undefined)
      return false;
    if (Math.abs(now - Number(t)) > CLOCK_WINDOW_MS) return false;
    const expected = sign({ method, url: String(url), accessToken, t: Number(t), nonce });
    return timingSafeEqual(Buffer.from(given), Buffer.from(expected.sign));
  },
};

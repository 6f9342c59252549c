/** The tables of a runtime with Node's modules. */

import { signingBy } from "./by-hand.js";
import type { Tables } from "./candidate.js";
import { tables as everywhere } from "./everywhere.js";
import { nodeVerifier } from "./node-verifier.js";
import { plain, tuned } from "./peers/node-crypto.js";
import { officialClient } from "./peers/official.js";
import { signing } from "./sign.js";
import { verifying } from "./verify.js";

export const tables: Tables = {
  ...everywhere,
  ...signing((input) => [
    { name: "node:crypto, the plain way", sign: plain },
    { name: "node:crypto, tuned by hand", sign: signingBy(tuned) },
    ...officialClient(input),
  ]),
  verify: () => verifying([nodeVerifier]),
};

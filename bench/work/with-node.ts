/** The tables of a runtime with Node's modules. */

import type { Tables } from "./candidate.js";
import { tables as everywhere } from "./everywhere.js";
import { nodePeers, nodeVerifier, officialClient } from "./node-peers.js";
import { signing } from "./sign.js";
import { verifying } from "./verify.js";

export const tables: Tables = {
  ...everywhere,
  ...signing((input) => [...nodePeers, ...officialClient(input)]),
  verify: () => verifying([nodeVerifier]),
};

/** The tables on signing: from a request object to a header object. */

import { Signer } from "tuya-auth/server";

import type { Headers } from "./by-hand.js";
import { OURS, OURS_GIVEN, type Prepared, type Tables } from "./candidate.js";
import { inputs } from "./inputs.js";
import { everywhere } from "./peers/everywhere.js";
import type { Peer } from "./peers/peer.js";
import { clientId, type Input, secret } from "./typical.js";

/** A table for each input. @param more the peers that a runtime adds to those of every runtime */
export function signing(more: (input: Input) => readonly Peer[]): Tables {
  const tables = [...inputs].map(([id, input]) => [id, () => prepare(input, more(input))] as const);
  return Object.fromEntries(tables);
}

async function prepare(input: Input, more: readonly Peer[]): Promise<Prepared> {
  const signer = new Signer({ clientId, secret });
  const { peers: others, absent } = await everywhere();
  const sign: Peer["sign"] = (request) => signer.sign(request);
  const drawn = input.nonce === undefined;
  const peers: Peer[] = [
    { name: OURS, sign },
    ...(drawn ? [withoutDrawing(sign, input)] : []),
    ...more,
    ...others,
  ];
  for (const peer of peers) check(peer, input, await peer.sign(input), signer);
  const candidates = peers.map(({ name, sign, isAsync = false }) => ({
    name,
    run: () => sign(input),
    isAsync,
  }));
  return { candidates, absent, proof: drawn ? undefined : signer.sign(input).sign };
}

/** What drawing a nonce adds is seen in one table. */
function withoutDrawing(sign: Peer["sign"], input: Input): Peer {
  const given = { ...input, nonce: crypto.randomUUID() };
  return { name: OURS_GIVEN, sign: () => sign(given), signed: () => given };
}

/** A peer's headers are those that the signer gives for what the peer signs; what it sends besides is not looked at. */
function check({ name, signed }: Peer, input: Input, made: Headers, signer: Signer): void {
  const nonce = input.nonce ?? made.nonce ?? "";
  const expected = signer.sign(signed === undefined ? { ...input, nonce } : signed(made));
  for (const [header, value] of Object.entries(expected)) {
    if (made[header] !== value) throw new Error(`${name}: ${header} is ${made[header]}, not ${value}`);
  }
}

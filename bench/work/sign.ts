/** The tables on signing: from a request object to a header object. */

import { Signer } from "tuya-auth/server";

import type { Headers } from "./by-hand.js";
import { OURS, type Prepared, type Tables } from "./candidate.js";
import { everywhere, type Peer } from "./peers.js";
import { clientId, type Input, inputs, secret } from "./request.js";

/** A table for each input. @param more the peers that a runtime adds to those of every runtime */
export function signing(more: (input: Input) => readonly Peer[]): Tables {
  const tables = [...inputs].map(([id, input]) => [id, () => prepare(input, more(input))] as const);
  return Object.fromEntries(tables);
}

async function prepare(input: Input, more: readonly Peer[]): Promise<Prepared> {
  const signer = new Signer({ clientId, secret });
  const { peers: others, absent } = await everywhere();
  const peers: Peer[] = [{ name: OURS, sign: (request) => signer.sign(request) }, ...more, ...others];
  for (const peer of peers) check(peer, input, await peer.sign(input), signer);
  const candidates = peers.map(({ name, sign, isAsync = false }) => ({
    name,
    run: () => sign(input),
    isAsync,
  }));
  return { candidates, absent, proof: input.nonce === undefined ? undefined : signer.sign(input).sign };
}

/** A peer's headers are those that the signer gives for what the peer signs; what it sends besides is not looked at. */
function check({ name, signed }: Peer, input: Input, made: Headers, signer: Signer): void {
  const nonce = input.nonce ?? made.nonce ?? "";
  const expected = signer.sign(signed === undefined ? { ...input, nonce } : signed(made));
  for (const [header, value] of Object.entries(expected)) {
    if (made[header] !== value) throw new Error(`${name}: ${header} is ${made[header]}, not ${value}`);
  }
}

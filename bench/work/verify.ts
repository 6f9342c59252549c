/** Verifying a signed request, as a server that holds the keys. */

import { Signer, type VerifyRequest } from "tuya-auth/server";

import { OURS, type Prepared } from "./candidate.js";
import { clientId, secret, typical } from "./typical.js";

/** Another way to verify. */
export interface Verifier {
  readonly name: string;
  readonly verify: (request: VerifyRequest) => boolean;
}

/** The table on verifying the typical request; each verifier has told a wrong sign from the right one. */
export async function verifying(more: readonly Verifier[]): Promise<Prepared> {
  const signer = new Signer({ clientId, secret });
  const { method, url, t } = typical;
  const headers = signer.sign(typical);
  const right = { method, url, headers, now: t + 1000 };
  const wrong = { ...right, headers: { ...headers, sign: "0".repeat(64) } };
  const verifiers: Verifier[] = [{ name: OURS, verify: (request) => signer.verify(request).ok }, ...more];
  for (const { name, verify } of verifiers) {
    if (!verify(right) || verify(wrong)) throw new Error(`${name} verifies wrongly`);
  }
  return { candidates: verifiers.map(({ name, verify }) => ({ name, run: () => verify(right) })) };
}

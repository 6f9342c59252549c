import type { SignRequest } from "tuya-auth/server";

import peersFile from "../vectors/peers.json" with { type: "json" };
import signing from "../vectors/signing.json" with { type: "json" };

/** A signing vector; one of the old algorithm holds no request. */
export interface Vector {
  readonly id: string;
  readonly algorithm: "new" | "old";
  readonly client_id: string;
  readonly secret: string;
  readonly t: string;
  readonly nonce: string | null;
  readonly access_token: string | null;
  readonly method?: string;
  readonly url?: string;
  readonly body?: string;
  readonly signature_headers?: readonly (readonly [name: string, value: string])[];
  readonly signature_headers_value?: string | null;
  readonly content_sha256?: string;
  readonly string_to_sign?: string;
  readonly str?: string;
  readonly sign: string;
}

/** A sign that a client computes wrongly from one of the vectors. */
export interface Negative {
  readonly id: string;
  readonly sign: string;
}

/** A request that an official client sent. */
export interface PeerRequest {
  readonly peer: string;
  readonly case: string;
  readonly method: string;
  readonly target: string;
  readonly body: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>> & { readonly t: string };
  /** Whether the sign is the one that the documents ask for. */
  readonly doc_canonical_ok: boolean;
}

interface Peers {
  readonly client_id: string;
  readonly secret: string;
  readonly requests: readonly PeerRequest[];
}

/** Every published signing vector. */
export const vectors: readonly Vector[] = signing.vectors as unknown as Vector[];

/** Signs that are wrong in a known way. */
export const negatives: readonly Negative[] = signing.negative;

const { client_id: clientId, secret, requests } = peersFile as unknown as Peers;

/** What two official clients really sent, and the keys they signed with. */
export const peers = { clientId, secret, requests };

/** The request of a vector; a vector without one is signed the same whatever the request is. */
export function requestOf(vector: Vector) {
  const headers = vector.signature_headers ?? [];
  return {
    method: vector.method ?? "GET",
    url: vector.url ?? "/",
    body: vector.body ?? "",
    headers,
    signedHeaders: headers.map(([name]) => name),
    accessToken: vector.access_token ?? undefined,
    t: vector.t,
    nonce: vector.nonce ?? "",
  } satisfies SignRequest;
}

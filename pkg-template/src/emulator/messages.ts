/** A request as a server receives it. Any method may carry a body: the official node client sends one with GET. */
export interface CloudRequest {
  readonly method: string;
  /** Path and query, as they stand in the request line. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array | undefined;
}

/** The answer to it. */
export interface CloudAnswer {
  readonly status: number;
  /** Names are in lower case; a name may stand more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** One request of the past. Tokens, codes and states in it are masked. */
export interface RequestRecord {
  readonly method: string;
  readonly target: string;
  /** The client ID that it named, known or not. */
  readonly clientId?: string;
  readonly status: number;
  /** The cloud's error code, such as 1010. */
  readonly code?: number;
  /** `ok`, or the id of the reason why it was refused: an error code's name, or one of the authorization page's. */
  readonly verdict: string;
  /** What the verdict is about, such as the header that is missing. */
  readonly detail?: string;
  /** When, in ms since the epoch by the cloud's clock. */
  readonly at: number;
}

/** The request as the cloud takes it. Its target is what a client would have put on the wire. */
export async function fromFetch(request: Request): Promise<CloudRequest> {
  const { host, pathname, search } = new URL(request.url);
  const headers = [...request.headers];
  if (!request.headers.has("host")) headers.push(["host", host]);
  const body = new Uint8Array(await request.arrayBuffer());
  return { method: request.method, target: pathname + search, headers, body };
}

/** The answer as `fetch` gives it. */
export function toResponse(answer: CloudAnswer): Response {
  const headers = new Headers();
  for (const [name, value] of answer.headers) headers.append(name, value);
  return new Response(answer.body, { status: answer.status, headers });
}

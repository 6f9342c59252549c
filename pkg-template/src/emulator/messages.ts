import type { DataCenterCode } from "../data-center.js";

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
  /** How long the server keeps the answer back, in ms, by a rule. */
  readonly delayMs: number;
  /** Whether the server breaks the connection half-way through the body, by a rule. */
  readonly cut: boolean;
}

/** What goes wrong on purpose, and for which requests. The first rule that matches counts. */
export interface FaultRule {
  /** The method it is for; any unless given. */
  readonly method?: string;
  /** How the path begins, without the data center, such as `/v1.0/token`; any unless given. */
  readonly path?: string;
  /** The data center it is for; any unless given. */
  readonly dataCenter?: DataCenterCode;
  /** Answers with this code of the cloud's, such as 1110 (too many requests), and does nothing. */
  readonly code?: number;
  /** Answers with this HTTP status (400 to 599), such as 429, and does nothing. */
  readonly status?: number;
  /** Does what was asked, and keeps the answer back that long, in ms. */
  readonly delayMs?: number;
  /** Does what was asked, but the answer breaks off (`cut`), or comes whole and is damaged (`corrupt`). */
  readonly body?: "cut" | "corrupt";
  /** For how many requests; one unless given. */
  readonly times?: number;
}

/** Which token sets are meant: those of which all that is given holds. */
export interface TokenFilter {
  /** The user whose tokens they are; in simple mode, the developer's own uid. */
  readonly uid?: string;
  readonly clientId?: string;
  readonly dataCenter?: DataCenterCode;
}

/** Which tokens are revoked. */
export interface Revocation extends TokenFilter {
  /** Which token of a set; both unless given. */
  readonly what?: "access" | "refresh" | "both";
}

/** How many tokens were revoked. */
export interface RevokedTokens {
  readonly accessTokens: number;
  readonly refreshTokens: number;
}

/** Why a sign is wrong. It holds no secret, no token and no sign. */
export interface SignDiagnosis {
  /** The explanations with the fewest mistakes, each of which gives the very sign; none when nothing known does. */
  readonly matches: readonly {
    /** The ids of the mistakes, such as `query_unsorted`; most likely first. */
    readonly mistakes: readonly string[];
    /** What was done, a sentence for each mistake. */
    readonly description: string;
    /** What to do instead, a sentence for each mistake. */
    readonly fix: string;
  }[];
  /** What the cloud takes as the string to sign, secrets masked; at most 2048 characters. */
  readonly stringToSign: string;
  /** The whole string that the cloud signs, the access token in stars; at most 2048 characters. */
  readonly str: string;
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
  /** Why the sign is wrong, when it is not the cloud's own (1004). */
  readonly diagnosis?: SignDiagnosis;
  /** When, in ms since the epoch by the cloud's clock. */
  readonly at: number;
}

/**
 * @internal The request as the cloud takes it. Its target is what a client would have put on the wire. One that was made in
 * this process has no `Host`: it may call the cloud anything, and comes to it as `localhost`.
 *
 * @param hosts the cloud's own names besides those of loopback
 */
export async function fromFetch(request: Request, hosts: readonly string[]): Promise<CloudRequest> {
  const { host, hostname, pathname, search } = new URL(request.url);
  const headers = [...request.headers];
  if (!request.headers.has("host")) {
    const own = ["localhost", "127.0.0.1", "[::1]", ...hosts].includes(hostname);
    headers.push(["host", own ? host : "localhost"]);
  }
  const body = request.body === null ? new Uint8Array() : new Uint8Array(await request.arrayBuffer());
  return { method: request.method, target: pathname + search, headers, body };
}

/** @internal The answer as `fetch` gives it. */
export function toResponse(answer: CloudAnswer): Response {
  const headers = new Headers();
  for (const [name, value] of answer.headers) headers.append(name, value);
  return new Response(answer.cut ? broken(answer.body) : answer.body, { status: answer.status, headers });
}

/** The first half of a body, and then an error. */
function broken(body: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(body);
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError("the connection broke"));
      else controller.enqueue(bytes.subarray(0, bytes.length / 2));
      sent = true;
    },
  });
}

/** @internal Resolves after `ms`; rejects with the signal's reason when it aborts before. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

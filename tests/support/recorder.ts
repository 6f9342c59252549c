import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query, raw. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** A server that answers everything with 200 and keeps what it was sent. */
export interface Recorder {
  /** Such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  /** The requests since the last call of this. */
  take(): RecordedRequest[];
  close(): Promise<void>;
}

/** Starts one on a free port of 127.0.0.1. */
export async function startRecorder(): Promise<Recorder> {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url: target = "", rawHeaders } = request;
    const headers = rawHeaders.flatMap((name, at) =>
      at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : [],
    );
    requests.push({ method, target, headers, body: await buffer(request) });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    take: () => requests.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

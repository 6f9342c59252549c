import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Cloud, type CloudOptions, createCloud } from "tuya-auth/emulator";

/** A local cloud behind a real port, whose answers a test can hold back. */
export interface CloudServer {
  readonly cloud: Cloud;
  /** Such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  /** Holds back the answers of requests whose target matches, from now on. */
  hold(target: RegExp): Held;
  close(): Promise<void>;
}

/** Answers that are held back. */
export interface Held {
  /** Resolves when the cloud has worked off the first request whose answer is held. */
  readonly reached: Promise<void>;
  /** Lets the answers go, and holds no more. */
  release(): void;
}

interface Gate {
  readonly target: RegExp;
  readonly open: Promise<void>;
  reached(): void;
}

/** Serves a new cloud on a free port of 127.0.0.1. */
export async function serveCloud(options: CloudOptions): Promise<CloudServer> {
  const cloud = createCloud(options);
  const gates = new Set<Gate>();
  const server = createServer((request, response) => {
    answer(cloud, gates, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    cloud,
    origin: `http://127.0.0.1:${port}`,
    hold(target) {
      let [reach, open] = [() => {}, () => {}];
      const reached = new Promise<void>((resolve) => {
        reach = resolve;
      });
      const gate: Gate = {
        target,
        reached: reach,
        open: new Promise<void>((resolve) => {
          open = resolve;
        }),
      };
      gates.add(gate);
      return {
        reached,
        release() {
          gates.delete(gate);
          open();
        },
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  cloud: Cloud,
  gates: ReadonlySet<Gate>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "GET", url: target = "/", rawHeaders } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] as const] : [],
  );
  const {
    status,
    headers: sent,
    body,
  } = await cloud.handle({ method, target, headers, body: Buffer.concat(chunks) });
  for (const gate of gates) {
    if (!gate.target.test(target)) continue;
    gate.reached();
    await gate.open;
  }
  for (const [name, value] of sent) response.appendHeader(name, value);
  response.writeHead(status).end(body);
}

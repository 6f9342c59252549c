/** A cloud behind Node's HTTP server: raw targets, raw headers and raw bytes, which signatures are about. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

import type { Cloud, CloudAnswer } from "../emulator.js";

/** One byte more than the cloud reads: enough for it to refuse. */
const ENOUGH = 1_048_577;

/** A server that listens. */
export interface RunningServer {
  /** Such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  /** Ends it, open connections included. */
  close(): Promise<void>;
}

/**
 * Serves a cloud on 127.0.0.1.
 *
 * @param port 0 means any
 * @throws Error when the port cannot be had
 */
export async function serve(cloud: Cloud, port: number): Promise<RunningServer> {
  const server = createServer((incoming, outgoing) => void answer(cloud, incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${own}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(cloud: Cloud, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const { method = "", url: target = "", rawHeaders } = incoming;
    const body = await read(incoming);
    if (body.length >= ENOUGH) outgoing.shouldKeepAlive = false;
    await send(await cloud.handle({ method, target, headers: pairs(rawHeaders), body }), outgoing);
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) return;
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    outgoing.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end("The local cloud failed.\n");
  }
}

async function send(answer: CloudAnswer, outgoing: ServerResponse): Promise<void> {
  if (answer.delayMs > 0) await setTimeout(answer.delayMs, undefined, { ref: false });
  const bytes = Buffer.from(answer.body);
  outgoing.writeHead(answer.status, [...answer.headers.flat(), "content-length", String(bytes.length)]);
  if (!answer.cut) outgoing.end(bytes);
  else outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
}

/** The body, or its first {@link ENOUGH} bytes. Rejects when the client goes away. */
async function read(incoming: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= ENOUGH) break;
  }
  return Buffer.concat(chunks, Math.min(length, ENOUGH));
}

function pairs(flat: readonly string[]): [name: string, value: string][] {
  return flat.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, flat[at + 1] ?? ""]] : []));
}

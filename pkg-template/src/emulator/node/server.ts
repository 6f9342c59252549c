/** A cloud behind Node's HTTP server: raw targets, raw headers and raw bytes, which signatures are about. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

import { options as checkOptions } from "../../check.js";
import { type Cloud, type CloudOptions, createCloud } from "../../emulator.js";
import { argumentError } from "../../errors.js";
import type { CloudAnswer } from "../messages.js";
import { isLoopback } from "./loopback.js";

/** Where to listen. */
export interface ServeOptions {
  /** 0 means any that is free, and is the default. */
  readonly port?: number;
  /** The address, 127.0.0.1 unless given. On another than loopback the cloud must ask for a token. */
  readonly host?: string;
}

/** A cloud that is served. */
export interface ServedCloud extends AsyncDisposable {
  readonly cloud: Cloud;
  /** Such as `http://127.0.0.1:8787`; loopback's when it listens on all addresses, since none of them is a name. */
  readonly origin: string;
  /** Ends the server, open connections included; resolves when no request is at work any more. */
  close(): Promise<void>;
}

/**
 * Serves a cloud over HTTP.
 *
 * @param cloud one that exists, or the options of a new one, which then answers to the address as a host name too
 * @throws TypeError with `code` `invalid_argument` when an option cannot be used, or when the address is not one of
 *   loopback and the cloud asks for no token
 * @throws Error when the port cannot be had
 */
export async function serveCloud(
  cloud: Cloud | CloudOptions = {},
  { port = 0, host = "127.0.0.1" }: ServeOptions = {},
): Promise<ServedCloud> {
  checkOptions(cloud, "cloud");
  const served = "handle" in cloud ? cloud : createCloud(answeringTo(host, cloud));
  if (!isLoopback(host) && !served.guarded) throw argumentError("invalid_argument", "token");
  const work = new Set<Promise<void>>();
  const closing = new AbortController();
  const server = createServer((incoming, outgoing) => {
    const done = answer(served, incoming, outgoing, closing.signal).finally(() => work.delete(done));
    work.add(done);
  });
  await listen(server, port, host);
  const close = async () => {
    closing.abort();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    await Promise.all(work);
  };
  return { cloud: served, origin: originOf(server), close, [Symbol.asyncDispose]: close };
}

/** Whether it stands for every address of this machine, such as 0.0.0.0. */
function isEvery(address: string): boolean {
  return /^[0.:]+$/.test(address);
}

/** An address of all interfaces is no name; loopback's names are known anyway. */
function answeringTo(host: string, options: CloudOptions): CloudOptions {
  if (isLoopback(host) || isEvery(host)) return options;
  const name = host.includes(":") ? `[${host}]` : host;
  return { ...options, hosts: [...(options.hosts ?? []), name] };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

function originOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  if (family === "IPv6") return `http://[${isEvery(address) ? "::1" : address}]:${port}`;
  return `http://${isEvery(address) ? "127.0.0.1" : address}:${port}`;
}

/** One byte more than the cloud reads: enough for it to refuse. */
const ENOUGH = 1_048_577;

async function answer(
  cloud: Cloud,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  try {
    const { method = "", url: target = "", rawHeaders } = incoming;
    const body = hasBody(incoming) ? await read(incoming) : new Uint8Array();
    if (body.length >= ENOUGH) outgoing.shouldKeepAlive = false;
    await send(await cloud.handle({ method, target, headers: pairs(rawHeaders), body }), outgoing, closing);
  } catch (error) {
    if (closing.aborted || (incoming.destroyed && !incoming.complete)) return;
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    outgoing.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end("The local cloud failed.\n");
  }
}

async function send(answer: CloudAnswer, outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
  if (answer.delayMs > 0) await setTimeout(answer.delayMs, undefined, { signal });
  const bytes = Buffer.from(answer.body);
  outgoing.writeHead(answer.status, [...answer.headers.flat(), "content-length", String(bytes.length)]);
  if (!answer.cut) outgoing.end(bytes);
  else outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
}

/** Whether a body follows the header fields (RFC 9112, section 6.3). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
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

/** Ports on this machine alone. `localhost` is 127.0.0.1, ::1 or both, and browsers differ in which they try first. */

import { createServer } from "node:net";

import { DemoFailure } from "./failure.js";

/** A port that was free a moment ago, and the loopback addresses on which it was. */
export interface FreePort {
  port: number;
  /** As they are written in a URL: `127.0.0.1`, and `[::1]` where this machine has IPv6. */
  hosts: string[];
}

/** How often another port is tried when the one that the system chose is taken on the other address. */
const attempts = 5;

/**
 * Finds out whether `port` is free on every loopback address of this machine; 0 means any port.
 *
 * @param option the command's option that chooses this port, for the message
 * @throws DemoFailure `port_taken`
 */
export async function findPort(port: number, option: string): Promise<FreePort> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const ipv4 = await tryListen(port, "127.0.0.1");
    if (typeof ipv4 === "number") {
      const ipv6 = await tryListen(ipv4, "::1");
      if (typeof ipv6 === "number") return { port: ipv4, hosts: ["127.0.0.1", "[::1]"] };
      if (ipv6 === "absent") return { port: ipv4, hosts: ["127.0.0.1"] };
    }
    if (port !== 0) break;
  }
  throw new DemoFailure(
    "port_taken",
    `Port ${port} of this machine is taken. Choose another one with ${option}, or end what uses it.`,
  );
}

/** Listens for a moment: the port, or why not. */
function tryListen(port: number, host: string): Promise<number | "taken" | "absent"> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      const absent = error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT";
      resolve(absent ? "absent" : "taken");
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const chosen = address !== null && typeof address === "object" ? address.port : port;
      server.close(() => resolve(chosen));
    });
  });
}

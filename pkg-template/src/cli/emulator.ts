/** `tuya-auth emulator`: the local cloud, on a port of this machine. */

import { randomBytes } from "node:crypto";
import { isLoopback } from "../emulator/node/loopback.js";
import { serveCloud, sqliteRows } from "../emulator/node.js";
import { type CloudOptions, createCloud, type RowStorage } from "../emulator.js";
import { type Command, UsageError } from "./command.js";
import { parseOptions, portOf } from "./options.js";
import { describeRequest } from "./request-log.js";
import { describeSeed } from "./seed-summary.js";

const help = `Usage: tuya-auth emulator [options]

Runs a local Tuya cloud of all seven data centers on 127.0.0.1, until Ctrl-C.
What it holds ends with it, unless it is kept in a file. Prints a line for each
request, and why a sign is wrong.

Options:
  --port PORT              the port; 0 picks a free one (default 8787)
  --host ADDRESS           the address to listen on (default 127.0.0.1)
  --name HOST              a host name to answer to beside those of loopback
                           and ADDRESS; as often as needed
  --data FILE              keep what it holds in this file, and go on from it
                           (Node 22.13 or later)
  --callback-origin URL    the origin of the registered callback URLs of a new
                           cloud (default http://localhost:8788)
  --lenient                let pass what a new cloud refuses by default and an
                           older project may need, such as the old algorithm
  --quiet                  print the address only: neither keys and accounts
                           nor requests
  --help                   print this

TUYA_EMULATOR_TOKEN, from the environment, is what console and test control must
be shown (authorization: Bearer …). On an address that is not loopback's they
always ask for a token: one is made and printed when there is none.
`;

/** The command. */
export const emulator: Command = {
  name: "emulator",
  summary: "run a local Tuya cloud to build and test against",
  help,
  async run(args) {
    const options = parse(args);
    const storage = options.data === undefined ? undefined : sqliteRows(options.data);
    try {
      await serve(options, storage);
    } finally {
      storage?.close();
    }
    return 0;
  },
};

interface Options {
  readonly port: number;
  readonly host: string;
  readonly names: readonly string[];
  readonly data: string | undefined;
  readonly seed: { readonly callbackOrigin?: string };
  readonly token: string | undefined;
  readonly strict: boolean;
  readonly quiet: boolean;
}

const known = {
  port: { type: "string" },
  host: { type: "string" },
  name: { type: "string", multiple: true },
  data: { type: "string" },
  "callback-origin": { type: "string" },
  lenient: { type: "boolean" },
  quiet: { type: "boolean" },
} as const;

function parse(args: readonly string[]): Options {
  const values = parseOptions(args, known);
  const {
    port = "8787",
    host = "127.0.0.1",
    name: names = [],
    data,
    lenient = false,
    quiet = false,
  } = values;
  const number = portOf(port);
  const { "callback-origin": callbackOrigin } = values;
  const seed = callbackOrigin === undefined ? {} : { callbackOrigin };
  // Nothing is opened or made before the options are known to be usable.
  usable("--callback-origin", { seed });
  usable("--name", { hosts: names });
  const { TUYA_EMULATOR_TOKEN: token } = process.env;
  if (token !== undefined) usable("TUYA_EMULATOR_TOKEN", { token });
  return { port: number, host, names, data, seed, token, strict: !lenient, quiet };
}

function usable(option: string, cloud: CloudOptions): void {
  try {
    createCloud(cloud);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`${option}: ${error.message}`) : error;
  }
}

/** Serves until the process is told to end. */
async function serve(options: Options, storage?: RowStorage): Promise<void> {
  const { port, host, names, seed, strict, quiet } = options;
  const needed = options.token === undefined && !isLoopback(host);
  const made = needed ? randomBytes(24).toString("base64url") : undefined;
  const token = options.token ?? made;
  // Before anything is printed: whoever reads the address may end the process at once.
  const stopped = stopSignal();
  const cloud: CloudOptions = {
    seed,
    strict,
    hosts: names,
    ...(storage && { storage }),
    ...(token !== undefined && { token }),
    ...(!quiet && { onRequest: (record) => process.stdout.write(describeRequest(record)) }),
  };
  const served = await serveCloud(cloud, { port, host });
  process.stdout.write(`listening on ${served.origin}\n`);
  if (made !== undefined) process.stdout.write(`token ${made}\n`);
  if (!quiet) process.stdout.write(`\n${describeSeed(served.origin, await served.cloud.snapshot())}`);
  await stopped;
  await served.close();
}

/** Resolves when the process is told to end. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

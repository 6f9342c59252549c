/** `tuya-auth emulator`: the local cloud, on a port of this machine. */

import { type Cloud, createCloud } from "../emulator.js";
import { type Command, UsageError } from "./command.js";
import { parseOptions } from "./options.js";
import { describeSeed } from "./seed-summary.js";
import { serve } from "./server.js";

const help = `Usage: tuya-auth emulator [options]

Runs a local Tuya cloud of all seven data centers on 127.0.0.1, until Ctrl-C.
What it holds ends with it.

Options:
  --port PORT              the port; 0 picks a free one (default 8787)
  --callback-origin URL    the origin of the registered callback URLs
                           (default http://localhost:8788)
  --quiet                  print the address only, not keys and accounts
  --help                   print this
`;

/** The command. */
export const emulator: Command = {
  name: "emulator",
  summary: "run a local Tuya cloud to build and test against",
  help,
  async run(args) {
    const { port, callbackOrigin, quiet } = parse(args);
    const cloud = make(callbackOrigin);
    // Before anything is printed: whoever reads the address may end the process at once.
    const stopped = stopSignal();
    const server = await serve(cloud, port);
    process.stdout.write(`listening on ${server.origin}\n`);
    if (!quiet) process.stdout.write(`\n${describeSeed(server.origin, await cloud.snapshot())}`);
    await stopped;
    await server.close();
    return 0;
  },
};

interface Options {
  readonly port: number;
  readonly callbackOrigin: string | undefined;
  readonly quiet: boolean;
}

const options = {
  port: { type: "string" },
  "callback-origin": { type: "string" },
  quiet: { type: "boolean" },
} as const;

function parse(args: readonly string[]): Options {
  const { port, "callback-origin": callbackOrigin, quiet = false } = parseOptions(args, options);
  const number = Number(port ?? "8787");
  if (!/^\d{1,5}$/.test(port ?? "8787") || number > 65535) {
    throw new UsageError(`--port ${JSON.stringify(port)} is not a port (0 to 65535)`);
  }
  return { port: number, callbackOrigin, quiet };
}

function make(callbackOrigin: string | undefined): Cloud {
  try {
    return createCloud({ seed: callbackOrigin === undefined ? {} : { callbackOrigin } });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`--callback-origin: ${error.message}`);
    throw error;
  }
}

/** Resolves when the process is told to end. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

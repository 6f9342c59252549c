/** `tuya-auth link`: an account linked from a terminal. */

import { createInterface } from "node:readline";

import {
  type Callback,
  createAuthorization,
  type DataCenter,
  type DataCenterCode,
  dataCenters,
  parseCallback,
  TuyaClient,
} from "../server.js";
import type { SignerOptions } from "../signer-options.js";
import type { TokenSet } from "../token.js";
import { type Command, mistakesAsUsage, UsageError } from "./command.js";
import { keysOf } from "./keys.js";
import { serveCallback } from "./link-callback.js";
import { newTokenFile } from "./link-tokens.js";
import { keyOptions, parseOptions, portOf, type Values } from "./options.js";
import { onStop } from "./stop.js";

/** How long a browser may take, in minutes. */
const MINUTES = 10;

const help = `Usage: tuya-auth link --page URL --data-center CODE [options]

Links an account: prints the address of the authorization page, waits for the
browser to come back, checks its state, and exchanges the code for tokens.

  --page URL               the authorization page, as the console shows it
  --data-center CODE       ${dataCenters.map(({ code }) => code).join(", ")}
  --openapi URL            the OpenAPI's address, where it is not the data center's own,
                           such as http://127.0.0.1:8787/us of the local cloud

The callback URL, as it is registered for this data center:
  --port PORT              http://localhost:PORT/auth/callback/CODE, and this command
                           listens there (default 8788)
  --callback URL           another one; listened to, unless there is
  --paste                  nothing is listened to: paste the address that the browser
                           ends at

The keys:
  --client-id ID           else TUYA_CLIENT_ID
  TUYA_CLIENT_SECRET       the secret, from the environment; else it is asked for
  --identifier ID          for keys of an app authorization
  --algorithm legacy       for projects made before 30 June 2021

Output:
  --out FILE               write the tokens to this file, made for its owner alone, as
                           the JSON that importTokens() of tuya-auth/server takes
  --help                   print this

Without --out the tokens are kept nowhere. They are never printed.
`;

const { "client-id": clientId, identifier, algorithm } = keyOptions;
const options = {
  ...{ "client-id": clientId, identifier, algorithm },
  page: { type: "string" },
  "data-center": { type: "string" },
  openapi: { type: "string" },
  port: { type: "string" },
  callback: { type: "string" },
  paste: { type: "boolean" },
  out: { type: "string" },
} as const;

/** The command. */
export const link: Command = {
  name: "link",
  summary: "link an account from this terminal; write its tokens to a file",
  help,
  async run(args) {
    const values = parseOptions(args, options);
    const { page, paste = false, out } = values;
    if (page === undefined) throw new UsageError("--page is needed");
    const { code, openapi } = dataCenterOf(values["data-center"]);
    const callback = callbackOf(values, code);
    if (!paste && !isLoopback(callback)) {
      throw new UsageError(`${callback.href} is not on this machine: give --paste`);
    }
    const keys = await keysOf(values, []);
    const dataCenter = { code, openapi: values.openapi ?? openapi };
    const begun = mistakesAsUsage(() => begin({ page, callback, dataCenter, keys }));
    const file = out === undefined ? undefined : newTokenFile(out);
    const { signal, release } = onStop(MINUTES);
    try {
      const exchange = async ({ code }: Callback) => {
        const tokens = await begun.client.exchangeCode(code, { signal });
        file?.write(tokens);
        return tokens;
      };
      const tokens = await (paste ? pasted : awaited)(begun, signal, exchange);
      process.stdout.write(summary(tokens, out));
    } catch (error) {
      file?.discard();
      throw error;
    } finally {
      release();
    }
    return 0;
  },
};

/** A link that has begun. */
interface Begun {
  /** Where the browser goes. */
  readonly url: string;
  /** Where it comes back to. */
  readonly callback: URL;
  readonly expected: { readonly state: string; readonly dataCenter: string };
  readonly client: TuyaClient;
}

interface Beginning extends Pick<Begun, "callback"> {
  readonly page: string;
  readonly dataCenter: Omit<DataCenter, "name">;
  readonly keys: SignerOptions;
}

/** @throws `TypeError` with a `code` for what cannot be used */
function begin({ page, callback, dataCenter, keys }: Beginning): Begun {
  const { clientId } = keys;
  const { code } = dataCenter;
  const { url, state } = createAuthorization({ page, clientId, redirectUri: callback, dataCenter: code });
  const client = new TuyaClient({ ...keys, dataCenter });
  return { url, callback, expected: { state, dataCenter: code }, client };
}

/** Exchanges the code of a callback for tokens, and writes these where they are wanted. */
type Exchange = (callback: Callback) => Promise<TokenSet>;

/** Waits for the browser at the callback URL. */
function awaited(
  { url, callback, expected }: Begun,
  signal: AbortSignal,
  exchange: Exchange,
): Promise<TokenSet> {
  return serveCallback(callback, signal, {
    expected,
    listening: () => void process.stdout.write(`Open this address in a browser, and log in:\n\n${url}\n\n`),
    take: exchange,
  });
}

/** Waits for the callback to be pasted. */
async function pasted({ url, expected }: Begun, signal: AbortSignal, exchange: Exchange): Promise<TokenSet> {
  process.stdout.write(
    `Open this address in a browser, log in, and paste the address that you end at:\n\n${url}\n\n`,
  );
  return await exchange(parseCallback(await pastedLine(signal), expected));
}

/** The first line of the standard input that is not empty. */
async function pastedLine(signal: AbortSignal): Promise<string> {
  try {
    for await (const line of createInterface({ input: process.stdin, signal })) {
      if (line.trim() !== "") return line.trim();
    }
  } finally {
    // Left open, a pipe would keep the process.
    process.stdin.destroy();
  }
  signal.throwIfAborted();
  throw new UsageError("no address was pasted");
}

function dataCenterOf(given: string | undefined): DataCenter {
  const known = dataCenters.find(({ code }) => code === given);
  if (known !== undefined) return known;
  throw new UsageError(`--data-center takes one of ${dataCenters.map(({ code }) => code).join(", ")}`);
}

/** The callback URL that the options name. */
function callbackOf({ port, callback }: Values<typeof options>, dataCenter: DataCenterCode): URL {
  if (callback === undefined) {
    const number = portOf(port ?? "8788", 1);
    return new URL(`http://localhost:${number}/auth/callback/${dataCenter}`);
  }
  if (port !== undefined) throw new UsageError("give --port or --callback, not both");
  if (!URL.canParse(callback)) throw new UsageError(`--callback ${callback} is no URL`);
  return new URL(callback);
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

function summary({ uid, dataCenter, expiresAt }: TokenSet, out: string | undefined): string {
  const rows = {
    uid,
    "data center": dataCenter,
    expires: new Date(expiresAt).toISOString(),
    tokens: out === undefined ? "not kept (--out FILE writes them)" : `written to ${out}`,
  };
  return Object.entries(rows)
    .map(([name, value]) => `${name.padEnd(13)}${value}\n`)
    .join("");
}

/** The options that `sign`, `explain` and `diagnose` share, and reading options at all. */

import { type ParseArgsConfig, parseArgs } from "node:util";

import { UsageError } from "./command.js";

/** What the request is. */
export const requestOptions = {
  method: { type: "string", short: "X" },
  url: { type: "string" },
  header: { type: "string", short: "H", multiple: true },
  body: { type: "string" },
  "body-file": { type: "string" },
  "access-token": { type: "string" },
  t: { type: "string" },
  nonce: { type: "string" },
  "signed-header": { type: "string", multiple: true },
  curl: { type: "string" },
  har: { type: "string" },
  entry: { type: "string" },
} as const;

/** Whose keys sign it, and how. */
export const keyOptions = {
  "client-id": { type: "string" },
  identifier: { type: "string" },
  algorithm: { type: "string" },
  "path-encoding": { type: "string" },
  "allow-repeated-keys": { type: "boolean" },
} as const;

/** The part of their help that is the same for all three. */
export const sharedHelp = `The request, one of:
  --url URL                absolute, or beginning with its path; with
    --method METHOD          GET unless given
    --header 'NAME: VALUE'   as often as needed
    --body TEXT              the body; JSON unless a Content-Type header says otherwise
    --body-file FILE         the body's bytes
  --curl 'curl …'          a curl command, as browsers copy it ("Copy as cURL", for bash)
  --har FILE               an HTTP archive; --entry N chooses an entry, from 1
  (standard input)         a curl command, when none of these is given
What is given beside --curl or --har takes the place of what they say.

What is signed with it:
  --access-token TOKEN     else the request's access_token header, except on token calls
  --signed-header NAME     as often as needed; else the names in its Signature-Headers
  --t MS                   the time, 13 digits
  --nonce NONCE            empty for none

The keys:
  --client-id ID           else TUYA_CLIENT_ID, else the request's client_id header
  TUYA_CLIENT_SECRET       the secret, from the environment; else it is asked for
  --identifier ID          for keys of an app authorization
  --algorithm legacy       for projects made before 30 June 2021
  --path-encoding decoded  sign the path with its escapes decoded
  --allow-repeated-keys    let a query key appear twice
`;

/** The values of options by name. */
export type Values<T extends ParseArgsConfig["options"]> = ReturnType<
  typeof parseArgs<{ options: NonNullable<T>; allowPositionals: false }>
>["values"];

/**
 * Reads the arguments of a command.
 *
 * @throws UsageError for what is no option, whose text is not repeated, and for secrets
 */
export function parseOptions<T extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: T,
): Values<T> {
  if (args.some((arg) => /^--?(client-?)?secret(=|$)/i.test(arg))) {
    throw new UsageError(
      "a secret is never taken from the arguments, where other programs and the shell's history see it: " +
        "set TUYA_CLIENT_SECRET, or leave it out to be asked",
    );
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values as Values<T>;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code === "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL")
      throw new UsageError("this command takes options only");
    throw new UsageError(message);
  }
}

/** A port, from the text of `--port`. @throws UsageError for what is none, or below `lowest` */
export function portOf(port: string, lowest: 0 | 1 = 0): number {
  const number = Number(port);
  if (/^\d{1,5}$/.test(port) && number >= lowest && number <= 65535) return number;
  throw new UsageError(`--port ${JSON.stringify(port)} is not a port (${lowest} to 65535)`);
}

/** `tuya-auth sign`: the headers that make a request a signed one. */

import { Signer } from "../signer.js";
import { SIGNING_HEADERS } from "../signer-request.js";
import { curlCommand } from "./as-curl.js";
import { type Command, mistakesAsUsage, UsageError } from "./command.js";
import { keysOf } from "./keys.js";
import { keyOptions, parseOptions, requestOptions, sharedHelp } from "./options.js";
import { sentRequest, signRequest } from "./request.js";
import type { SentRequest } from "./sent-request.js";
import { addressOf } from "./signed-address.js";

const help = `Usage: tuya-auth sign [options]

Prints the headers that make a request a signed one.

${sharedHelp}
  --base URL               the part of the URL that is not signed, where the API has a path
                           before its own, such as http://127.0.0.1:8787/us

Output:
  --as-curl                a curl command that sends the request
  --json                   the headers as a JSON object
  --help                   print this
`;

const options = {
  ...requestOptions,
  ...keyOptions,
  base: { type: "string" },
  "as-curl": { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** The command. */
export const sign: Command = {
  name: "sign",
  summary: "sign a request; print its headers, or a curl command",
  help,
  async run(args) {
    const values = parseOptions(args, options);
    const { "as-curl": asCurl = false, json = false, t, nonce } = values;
    if (asCurl && json) throw new UsageError("give --as-curl or --json, not both");
    const request = await sentRequest(values);
    const { url, signed } = addressOf(request.url, values.base);
    if (asCurl && url.startsWith("/")) throw new UsageError("--as-curl needs an absolute URL, or --base");
    const keys = await keysOf(values, request.headers);
    const headers = mistakesAsUsage(() =>
      new Signer(keys).sign({ ...signRequest({ ...request, url: signed }, values), t, nonce }),
    );
    const text = asCurl
      ? curlCommand(withSign({ ...request, url }, headers), values["body-file"])
      : listed(headers, json);
    process.stdout.write(`${text}\n`);
    return 0;
  },
};

function listed(headers: Record<string, string>, json: boolean): string {
  if (json) return JSON.stringify(headers);
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}

/** The request with these headers in place of those of an earlier signing. */
function withSign(request: SentRequest, signed: Record<string, string>): SentRequest {
  const own = request.headers.filter(
    ([name]) => !SIGNING_HEADERS.test(name) && !/^content-length$/i.test(name),
  );
  return { ...request, headers: [...Object.entries(signed), ...own] };
}

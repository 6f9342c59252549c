/** `tuya-auth explain`: what is signed, stage by stage. */

import { explain as explainRequest } from "../debug.js";
import { type Command, mistakesAsUsage } from "./command.js";
import { keysOf } from "./keys.js";
import { keyOptions, parseOptions, requestOptions, sharedHelp } from "./options.js";
import { sentRequest, signRequest } from "./request.js";
import { headerOf } from "./sent-request.js";
import { addressOf } from "./signed-address.js";

const help = `Usage: tuya-auth explain [options]

Prints every stage of a sign, as it should be. The secret is not shown, and the access token
is masked. Time and nonce are the request's own where it has them.

${sharedHelp}
  --base URL               the part of the URL that is not signed, where the API has a path
                           before its own, such as http://127.0.0.1:8787/us

Output:
  --json                   the stages as a JSON object
  --help                   print this
`;

const options = {
  ...requestOptions,
  ...keyOptions,
  base: { type: "string" },
  json: { type: "boolean" },
} as const;

/** The command. */
export const explain: Command = {
  name: "explain",
  summary: "show what is signed of a request, stage by stage",
  help,
  async run(args) {
    const values = parseOptions(args, options);
    const request = await sentRequest(values);
    const { signed } = addressOf(request.url, values.base);
    const sentTime = headerOf(request.headers, "t");
    const sentNonce = sentTime === undefined ? undefined : (headerOf(request.headers, "nonce") ?? "");
    const { t = sentTime, nonce = sentNonce } = values;
    const keys = await keysOf(values, request.headers);
    const explanation = mistakesAsUsage(() =>
      explainRequest(keys, { ...signRequest({ ...request, url: signed }, values), t, nonce }),
    );
    const text = values.json ? JSON.stringify(explanation) : explanation.text.trimEnd();
    process.stdout.write(`${text}\n`);
    return 0;
  },
};

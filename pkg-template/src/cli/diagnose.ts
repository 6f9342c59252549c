/** `tuya-auth diagnose`: why a sign is wrong. */

import { type Diagnosis, diagnose as diagnoseRequest, type Meant } from "../debug.js";
import { type Command, mistakesAsUsage, UsageError } from "./command.js";
import { clientIdOf, keysOf } from "./keys.js";
import { describeMatches } from "./matches.js";
import { keyOptions, parseOptions, requestOptions, sharedHelp } from "./options.js";
import { sentRequest } from "./request.js";
import { headerOf } from "./sent-request.js";

const help = `Usage: tuya-auth diagnose [options]

Finds why a request's sign is wrong ("sign invalid", 1004): which mistakes give that very sign.
The request is taken as it was sent, with its headers. Exit status: 0 when the sign is right or
its mistakes are found, 1 when nothing gives it, 2 when the command was called wrongly.

${sharedHelp}
  TUYA_OTHER_SECRETS       other secrets that may have been used, with spaces between

The sign, and what the request may not show:
  --sign SIGN              else the request's sign header
  --meant JSON             query values as they were meant, such as '{"ids":["a","b"],"x":null}'
  --meant-nonce NONCE      the nonce that was signed, when none was sent

Output:
  --json                   the result as a JSON object
  --help                   print this
`;

const options = {
  ...requestOptions,
  ...keyOptions,
  sign: { type: "string" },
  meant: { type: "string" },
  "meant-nonce": { type: "string" },
  json: { type: "boolean" },
} as const;

/** The command. */
export const diagnose: Command = {
  name: "diagnose",
  summary: 'find out why a sign is wrong ("sign invalid", 1004)',
  help,
  async run(args) {
    const values = parseOptions(args, options);
    const request = await sentRequest(values);
    const meant: Meant = { query: meantQuery(values.meant), nonce: values["meant-nonce"] };
    const { headers } = request;
    const { t, nonce, sign = headerOf(headers, "sign") } = values;
    if (sign === undefined)
      throw new UsageError("there is no sign: give --sign, or the header in the request");
    const given = {
      t,
      nonce,
      accessToken: values["access-token"],
      signedHeaders: values["signed-header"],
      meant,
    };
    checkClientId(clientIdOf(values, headers), headerOf(headers, "client_id"));
    const keys = await keysOf(values, headers);
    const { TUYA_OTHER_SECRETS } = process.env;
    const otherSecrets = TUYA_OTHER_SECRETS?.split(/\s+/).filter((secret) => secret !== "");
    const diagnosis = mistakesAsUsage(() =>
      diagnoseRequest({ ...keys, otherSecrets }, { ...request, ...given }, sign),
    );
    process.stdout.write(`${values.json ? JSON.stringify(diagnosis) : described(diagnosis, sign)}\n`);
    return diagnosis.correct || diagnosis.matches.length > 0 ? 0 : 1;
  },
};

/** With keys of another client ID, no mistake would be found. */
function checkClientId(own: string, sent = own): void {
  if (sent === own) return;
  throw new UsageError(`the request was sent with the client ID ${sent}, and the keys are those of ${own}`);
}

function meantQuery(json: string | undefined): Meant["query"] {
  if (json === undefined) return undefined;
  try {
    const query: unknown = JSON.parse(json);
    if (typeof query === "object" && query !== null && !Array.isArray(query)) return { ...query };
  } catch {
    // Said below.
  }
  throw new UsageError("--meant takes a JSON object");
}

function described({ correct, matches, hmacs }: Diagnosis, sign: string): string {
  if (correct) {
    return "The sign is right. If the cloud refuses it all the same, these are not the keys of that project.";
  }
  if (matches.length === 0 && !/^[0-9A-F]{64}$/i.test(sign)) {
    return "This is no sign: one has 64 hexadecimal digits, those of an HMAC-SHA256.";
  }
  if (matches.length === 0) {
    return [
      `No known mistake gives this sign (${hmacs} signs were computed).`,
      "Was the request changed after it was signed? Is it the right secret? See --meant and TUYA_OTHER_SECRETS,",
      "and compare with what should have been signed: tuya-auth explain.",
    ].join("\n");
  }
  return describeMatches(matches);
}

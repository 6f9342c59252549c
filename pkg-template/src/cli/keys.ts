/** The keys that the options, the environment and the terminal give. */

import type { SignerOptions } from "../signer-options.js";
import { UsageError } from "./command.js";
import type { keyOptions, Values } from "./options.js";
import { askSecret } from "./prompt.js";
import { type HeaderList, headerOf } from "./sent-request.js";

/**
 * The client ID: given, in the environment, or in the request's headers.
 *
 * @throws UsageError when there is none
 */
export function clientIdOf(values: Values<typeof keyOptions>, headers: HeaderList): string {
  const { TUYA_CLIENT_ID } = process.env;
  const clientId = values["client-id"] ?? TUYA_CLIENT_ID ?? headerOf(headers, "client_id");
  if (clientId === undefined)
    throw new UsageError("there is no client ID: give --client-id or TUYA_CLIENT_ID");
  return clientId;
}

/**
 * Collects keys and how to sign with them. The secret comes from the environment, or from a hidden prompt.
 *
 * @throws UsageError when something is missing
 */
export async function keysOf(values: Values<typeof keyOptions>, headers: HeaderList): Promise<SignerOptions> {
  const clientId = clientIdOf(values, headers);
  const options = {
    clientId,
    identifier: values.identifier,
    algorithm: oneOf("algorithm", values.algorithm, ["current", "legacy"]),
    pathEncoding: oneOf("path-encoding", values["path-encoding"], ["as-written", "decoded"]),
    allowRepeatedKeys: values["allow-repeated-keys"],
  } as const;
  return { ...options, secret: await secretOf(clientId) };
}

async function secretOf(clientId: string): Promise<string> {
  const { TUYA_CLIENT_SECRET } = process.env;
  const secret = TUYA_CLIENT_SECRET ?? (await askSecret(`Client secret of ${clientId}: `));
  if (secret === undefined) throw new UsageError("there is no secret: set TUYA_CLIENT_SECRET");
  return secret;
}

function oneOf<T extends string>(
  option: string,
  given: string | undefined,
  words: readonly T[],
): T | undefined {
  const word = words.find((known) => known === given);
  if (given !== undefined && word === undefined) {
    throw new UsageError(`--${option} takes ${words.join(" or ")}`);
  }
  return word;
}

/** The requests that are signed: the typical one, and a command with bodies of several sizes. */

import { type Input, typical } from "./typical.js";

const { nonce = "", ...withoutNonce } = typical;

const command: Input = {
  ...withoutNonce,
  method: "POST",
  url: "/v1.0/iot-03/devices/6c2d4a8f1b3e5d7a9c0b/commands",
};

const KIB = 1024;

const bodies: Readonly<Record<string, Input>> = {
  empty: withoutNonce,
  "200 B": { ...command, body: json(200) },
  "64 KiB": { ...command, body: json(64 * KIB) },
  "1 MiB": { ...command, body: json(KIB * KIB) },
  "1 MiB, bytes": { ...command, body: new TextEncoder().encode(json(KIB * KIB)) },
};

const nonces: Readonly<Record<string, { readonly nonce?: string }>> = {
  "nonce given": { nonce },
  "nonce generated": {},
};

/** The inputs of the tables on signing, by the tables' ids: `sign, <nonce>, <body>`. */
export const inputs: ReadonlyMap<string, Input> = new Map(
  Object.entries(nonces).flatMap(([nonceName, nonce]) =>
    Object.entries(bodies).map(([body, input]): [string, Input] => [
      `sign, ${nonceName}, ${body}`,
      { ...input, ...nonce },
    ]),
  ),
);

/** A command's JSON of so many bytes, as `JSON.stringify` writes it. */
function json(length: number): string {
  const around = JSON.stringify({ commands: [{ code: "text", value: "" }] }).length;
  const value = "0123456789abcdef".repeat(length / 16).slice(0, length - around);
  return JSON.stringify({ commands: [{ code: "text", value }] });
}

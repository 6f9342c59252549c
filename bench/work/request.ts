/** The requests that are signed: a typical one without a body, and one command with bodies of several sizes. */

// The published pair of keys.
export const clientId = "1KAD46OrT9HafiKdsXeg";
export const secret = "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC";

/** A request as every candidate takes it. */
export interface Input {
  readonly method: string;
  readonly url: string;
  readonly accessToken: string;
  readonly t: number;
  /** Absent, each candidate draws one. */
  readonly nonce?: string;
  readonly body?: string | Uint8Array;
}

const typical: Input = {
  method: "GET",
  url: "/v2.0/apps/schema/users?page_no=1&page_size=50",
  accessToken: "3f4eda2bdec17232f67c0b188af3eec1",
  t: 1_588_925_778_000,
};

const command: Input = {
  ...typical,
  method: "POST",
  url: "/v1.0/iot-03/devices/6c2d4a8f1b3e5d7a9c0b/commands",
};

const KIB = 1024;

const bodies: Readonly<Record<string, Input>> = {
  empty: typical,
  "200 B": { ...command, body: json(200) },
  "64 KiB": { ...command, body: json(64 * KIB) },
  "1 MiB": { ...command, body: json(KIB * KIB) },
  "1 MiB, bytes": { ...command, body: new TextEncoder().encode(json(KIB * KIB)) },
};

const nonces: Readonly<Record<string, { readonly nonce?: string }>> = {
  "nonce given": { nonce: "5138cc3a9033d69856923fd07b491173" },
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
  return JSON.stringify({
    commands: [{ code: "text", value: "0123456789abcdef".repeat(length / 16).slice(0, length - around) }],
  });
}

/** What a cloud holds, in words: read from its rows, so that it cannot differ from them. */

import type { Row } from "../emulator.js";

/** The parts of the rows that are shown. */
interface Project {
  name: string;
  oauth: { authorizationId: string; callbacks: Record<string, string> };
}
interface Authorization {
  id: string;
  kind: string;
  clientId: string;
  secret: string;
}
interface Account {
  password: string;
}

/** The keys, callbacks and accounts of a new cloud, as lines to print. */
export function describeSeed(origin: string, rows: readonly Row[]): string {
  const authorizations = table<Authorization>(rows, "authorization").map(([, value]) => value);
  const lines = table<Project>(rows, "project").flatMap(([, { name, oauth }]) => [
    name,
    ...authorizations.flatMap(({ id, kind, clientId, secret }) => [
      `  ${kind} authorization${id === oauth.authorizationId ? ", used by OAuth 2.0" : ""}`,
      `    client ID  ${clientId}`,
      `    secret     ${secret}`,
    ]),
    "  callback URLs",
    ...Object.entries(oauth.callbacks).map(([dataCenter, url]) => `    ${dataCenter.padEnd(5)} ${url}`),
  ]);
  const accounts = table<Account>(rows, "account").map(
    ([[dataCenter = "", name = ""], { password }]) => `  ${dataCenter.padEnd(5)} ${name}  ${password}`,
  );
  const addresses = [
    `  console             ${origin}/console`,
    `  OpenAPI             ${origin}/{data center}`,
    `  authorization page  ${origin}/{data center}/d/login`,
    `  test control        ${origin}/control/requests`,
  ];
  return `${["Addresses", ...addresses, "", ...lines, "", "Accounts", ...accounts].join("\n")}\n`;
}

/** A table's rows, each with its key's parts. */
function table<T>(rows: readonly Row[], name: string): [key: string[], value: T][] {
  return rows.flatMap(({ key, value }): [string[], T][] => {
    const [own, ...parts] = key.split("/").map(decodeURIComponent);
    return own === name && value !== null ? [[parts, JSON.parse(value) as T]] : [];
  });
}

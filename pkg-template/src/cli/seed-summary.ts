/** What a cloud holds, in words: read from its rows, so that it cannot differ from them. */

import type { Row } from "../emulator.js";

/** The parts of the rows that are shown. */
interface Project {
  id: string;
  number: number;
  name: string;
  oauth: { authorizationId: string; callbacks: Record<string, string> };
}
interface Authorization {
  id: string;
  project: string;
  number: number;
  kind: string;
  clientId: string;
  secret: string;
}
interface Account {
  password: string;
}

/** Where a cloud is, its projects with their keys and callbacks, and its accounts, as lines to print. */
export function describeSeed(origin: string, rows: readonly Row[]): string {
  const authorizations = numbered<Authorization>(rows, "authorization");
  const lines = numbered<Project>(rows, "project").flatMap(({ id: project, name, oauth }) => [
    name,
    ...authorizations
      .filter((authorization) => authorization.project === project)
      .flatMap(({ id, kind, clientId, secret }) => [
        `  ${kind} authorization${id === oauth.authorizationId ? ", used by OAuth 2.0" : ""}`,
        `    client ID  ${clientId}`,
        `    secret     ${secret}`,
      ]),
    ...callbacks(oauth.callbacks),
    "",
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
  return `${["Addresses", ...addresses, "", ...lines, "Accounts", ...accounts].join("\n")}\n`;
}

function callbacks(urls: Readonly<Record<string, string>>): string[] {
  const lines = Object.entries(urls).map(([dataCenter, url]) => `    ${dataCenter.padEnd(5)} ${url}`);
  return lines.length === 0 ? [] : ["  callback URLs", ...lines];
}

/** A table's values in the order in which they were made. */
function numbered<T extends { number: number }>(rows: readonly Row[], name: string): T[] {
  const values = table<T>(rows, name).map(([, value]) => value);
  return values.sort((one, other) => one.number - other.number);
}

/** A table's rows, each with its key's parts. */
function table<T>(rows: readonly Row[], name: string): [key: string[], value: T][] {
  return rows.flatMap(({ key, value }): [string[], T][] => {
    const [own, ...parts] = key.split("/").map(decodeURIComponent);
    return own === name && value !== null ? [[parts, JSON.parse(value) as T]] : [];
  });
}

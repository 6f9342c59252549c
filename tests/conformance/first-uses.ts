import * as page from "tuya-auth";
import * as debug from "tuya-auth/debug";
import { createCloud } from "tuya-auth/emulator";
import * as server from "tuya-auth/server";

import { caught } from "./assert.js";

const keys = { clientId: "client", secret: "secret" };
const request = {
  page: "https://pages.test/",
  clientId: "client",
  redirectUri: "https://app.test/",
  dataCenter: "us",
} as const;

/** The first use of each module, at once and after waiting for it. */
const uses = {
  "tuya-auth": () => page.createAuthorization(request),
  "tuya-auth, ready()": page.ready,
  "tuya-auth/server": () => new server.Signer(keys).sign({ url: "/" }),
  "tuya-auth/server, ready()": server.ready,
  "tuya-auth/debug": () => debug.explain(keys, { url: "/" }),
  "tuya-auth/emulator": () => createCloud(),
};

/** What came of a use: `ok`, or the code and the message of what it threw. */
export type FirstUses = Readonly<Record<keyof typeof uses, "ok" | { code?: string; message: string }>>;

/** Uses each module for the first time, where an engine or a policy may refuse it. */
export async function firstUses(): Promise<FirstUses> {
  const results = Object.entries(uses).map(async ([name, use]) => {
    const error = await caught(use);
    return [name, error === undefined ? "ok" : { code: error.code, message: error.message }] as const;
  });
  return Object.fromEntries(await Promise.all(results)) as FirstUses;
}

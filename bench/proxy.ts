/**
 * Workers on workerd under the load of `wrk`, against one that answers a constant: a token call of the local cloud in a
 * Durable Object, and a call that `www/worker` signs for a linked user.
 */

import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Signer } from "tuya-auth/server";

import { ann, cloudKeys } from "../tests/support/demo-seed.js";
import { type Load, load, type Target } from "./proxy/load.js";
import { startCloud, startObject, startPlain, startSite } from "./proxy/servers.js";
import { hasWrk, type Sent } from "./proxy/wrk.js";

/** How many token calls are signed beforehand. */
const SIGNED = 4096;

/** The constant first. @returns why nothing was measured, where `wrk` is missing */
export async function proxying(): Promise<Load[] | string> {
  if (!(await hasWrk()))
    return "left out, wrk missing: `sudo apt-get install wrk` on Debian, or your system's equivalent";
  const directory = await mkdtemp(join(tmpdir(), "tuya-auth-bench-"));
  const ends = [() => rm(directory, { recursive: true, force: true })];
  const kept = async <S extends { stop(): Promise<void> }>(starting: Promise<S>): Promise<S> => {
    const server = await starting;
    ends.unshift(() => server.stop());
    return server;
  };
  try {
    const cloud = (await kept(startCloud())).origin;
    const own = (name: string) => join(directory, name);
    const constant = await kept(startPlain("constant-worker", directory, cloud));
    const plain = await kept(startPlain("plain-worker", directory, cloud));
    const object = await kept(startObject());
    const site = await kept(startSite({ directory: own("site"), cloud }));
    const key = randomBytes(32).toString("base64url");
    const sealed = await kept(startSite({ directory: own("sealed"), cloud, key }));
    const targets: Target[] = [
      { name: "a constant", ...constant, requests: [devices] },
      { name: "token call of the local cloud", ...object, requests: await tokenCalls(object.origin) },
      { name: "proxied call, unsigned", ...plain, requests: [devices] },
      { name: "proxied call", ...site, requests: [await proxied(site.origin)] },
      { name: "proxied call, store sealed", ...sealed, requests: [await proxied(sealed.origin)] },
    ];
    const measured = await load(targets, directory);
    await checkJournal(object.origin);
    return measured;
  } finally {
    for (const end of ends) await end();
  }
}

/** The call of an OpenAPI that all make in the end. */
const devices: Sent = { path: `/v1.0/users/${ann.uid}/devices`, headers: {} };

/** That call through a worker, by a browser that has linked the account. */
async function proxied(origin: string): Promise<Sent> {
  return await checked(origin, { path: `/auth/api${devices.path}`, headers: { Cookie: await link(origin) } });
}

/** Requests for the project's token, each with a nonce of its own. */
async function tokenCalls(origin: string): Promise<Sent[]> {
  const signer = new Signer(cloudKeys);
  const url = "/v1.0/token?grant_type=1";
  const requests = Array.from({ length: SIGNED }, () => ({
    path: `/us${url}`,
    headers: signer.sign({ url }),
  }));
  const [first] = requests;
  if (first !== undefined) await checked(origin, first);
  return requests;
}

/** The request, once it is known to succeed: the cloud says with status 200 what fails. */
async function checked(origin: string, request: Sent): Promise<Sent> {
  const response = await fetch(origin + request.path, { headers: request.headers });
  const { success }: { success?: unknown } = JSON.parse(await response.text());
  if (success !== true) throw new Error(`${origin}${request.path} was refused`);
  return request;
}

/** Whether the last calls of the local cloud succeeded, too. */
async function checkJournal(origin: string): Promise<void> {
  const response = await fetch(`${origin}/control/requests`);
  const { requests } = (await response.json()) as { requests: { verdict: string }[] };
  if (requests.some(({ verdict }) => verdict !== "ok"))
    throw new Error("the local cloud refused a token call");
}

/** Links the cloud's one user. @returns the session's cookie */
async function link(origin: string): Promise<string> {
  const login = await fetch(`${origin}/auth/login/us`, { redirect: "manual" });
  const state = new URL(login.headers.get("Location") ?? "").searchParams.get("state") ?? "";
  const callback = await fetch(`${origin}/auth/callback/us?${new URLSearchParams({ code: "any", state })}`, {
    redirect: "manual",
    headers: { Cookie: cookieOf(login) },
  });
  return cookieOf(callback);
}

function cookieOf({ headers }: Response): string {
  return headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

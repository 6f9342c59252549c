import { createAuthHandler } from "tuya-auth/handler";
import { memoryStore, type Store } from "tuya-auth/server";

import { checkPage, type PageFindings } from "./page.js";

/** What a server is told. */
export interface ServerSettings {
  /** The cloud's origin, such as `http://127.0.0.1:8787`. */
  readonly cloud: string;
  readonly clientId: string;
  readonly secret: string;
  /** The origin whose callback URL the cloud has for this client. */
  readonly origin: string;
  /** A code that somebody has just consented to. */
  readonly code: string;
}

/** What {@link checkServer} found. */
export interface ServerFindings extends PageFindings {
  /** The linked user. */
  readonly uid: string;
  /** That user's devices, out of a signed call. */
  readonly devices: readonly string[];
}

/** What a page does, and a link by the handler at a cloud: login, callback, exchange, a signed call. */
export async function checkServer(
  { cloud, clientId, secret, origin, code }: ServerSettings,
  store: Store = memoryStore(),
): Promise<ServerFindings> {
  const handler = createAuthHandler({
    clientId,
    secret,
    origin,
    store,
    dataCenters: { us: { page: `${cloud}/us/d/login`, openapi: `${cloud}/us` } },
    api: ["GET /v1.0/users/{uid}/devices"],
  });
  const cookies = new Map<string, string>();
  const visit = async (path: string): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const response = await handler.fetch(new Request(new URL(path, origin), { headers: { cookie } }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };

  const login = await visit("/auth/login/us");
  const state = new URL(login.headers.get("Location") ?? "").searchParams.get("state") ?? "";
  await visit(`/auth/callback/us?${new URLSearchParams({ code, state })}`);
  const { uid } = await (await visit("/auth/session")).json();
  const { result } = await (await visit("/auth/api/v1.0/users/me/devices")).json();
  return { ...checkPage(), uid, devices: result.map(({ id }: { id: string }) => id) };
}

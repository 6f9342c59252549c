import { TuyaOpenApiClient } from "@tuya/tuya-connector-nodejs";

import { clientId, type Input, secret } from "../typical.js";
import type { Peer } from "./peer.js";

/**
 * The official node client's own signing, with a store that knows the token already. It takes a body as an object, so
 * for bytes it is no peer; and it signs no nonce, so where one is drawn it is none either.
 */
export function officialClient(input: Input): Peer[] {
  if (input.nonce === undefined || input.body instanceof Uint8Array) return [];
  const client = new TuyaOpenApiClient({
    baseUrl: "https://openapi.tuyaus.com",
    accessKey: clientId,
    secretKey: secret,
    store: {
      setTokens: async () => true,
      getAccessToken: async () => input.accessToken,
      getRefreshToken: async () => undefined,
    },
  });
  const body = JSON.parse(input.body ?? "{}");
  return [
    {
      name: "official node client",
      isAsync: true,
      sign: async ({ url, method }) => ({ ...(await client.getSignHeaders(url, method, {}, body)) }),
      // Its own time, and on a GET the body that it sends there.
      signed: ({ t }) => ({ ...input, t: Number(t), nonce: "", body: input.body ?? "{}" }),
    },
  ];
}

import { createCloud, seed } from "tuya-auth/emulator";

/** When the call was signed, in ms since the epoch; the cloud's clock stands there. */
const T = 1_700_000_000_000;

/** A token call that was signed beforehand: what signing takes is measured by itself. */
export async function first(): Promise<string> {
  const { body } = await createCloud({ now: () => T }).handle({
    method: "GET",
    target: "/us/v1.0/token?grant_type=1",
    headers: [
      ["host", "localhost"],
      ["client_id", seed.cloud.clientId],
      ["sign", "5CC601CEEB2695ED40518C8CCDBE4E29A56B7CF8D2B71DCBF954111A5D67E1FF"],
      ["t", String(T)],
      ["sign_method", "HMAC-SHA256"],
      ["nonce", "first"],
    ],
  });
  return String(JSON.parse(body).success);
}

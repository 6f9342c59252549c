import { Signer } from "tuya-auth/server";

import { clientId, secret, typical } from "../work/typical.js";

export async function first(): Promise<string> {
  return new Signer({ clientId, secret }).sign(typical).sign;
}

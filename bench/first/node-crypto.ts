import { plain } from "../work/peers/node-crypto.js";
import { typical } from "../work/typical.js";

export async function first(): Promise<string> {
  return plain(typical).sign;
}

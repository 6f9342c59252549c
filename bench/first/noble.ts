import { signingBy } from "../work/by-hand.js";
import { noble } from "../work/peers/noble.js";
import { typical } from "../work/typical.js";

export async function first(): Promise<string> {
  return signingBy(noble())(typical).sign;
}

import { signingBy } from "../work/by-hand.js";
import { cryptoJsHashes } from "../work/peers/crypto-js.js";
import { typical } from "../work/typical.js";

export async function first(): Promise<string> {
  return signingBy(cryptoJsHashes())(typical).sign;
}

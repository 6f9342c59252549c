import { signingBy } from "../work/by-hand.js";
import { hashWasm } from "../work/peers/hash-wasm.js";
import { typical } from "../work/typical.js";

export async function first(): Promise<string> {
  return signingBy(await hashWasm())(typical).sign;
}

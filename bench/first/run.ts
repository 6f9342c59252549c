/** First uses in interleaved rounds, each seen to come to what it should. */

import { type Measurement, takeTurns } from "../measure.js";
import { SIGN } from "../work/typical.js";
import type { Contender, FirstUses } from "./contender.js";

export function firstUses({ name, contenders, use }: FirstUses, rounds: number): Promise<Measurement[]> {
  const time = async (contender: Contender) => {
    const { took, gave } = await use(contender);
    const expected = contender.gives ?? SIGN;
    if (gave !== expected) throw new Error(`${contender.name} on ${name} gave ${gave}, not ${expected}`);
    return took;
  };
  return takeTurns(
    contenders.map((contender) => ({ name: contender.name, time: () => time(contender) })),
    rounds,
  );
}

import type { EmulatorProcess } from "./emulator-process.js";

/**
 * What the cloud says of the last requests, oldest first: method, target and verdict, and for a wrong sign the
 * mistakes that give it, such as `GET /us/v1.0/token?grant_type=1 sign_invalid: token_on_token_call`.
 */
export async function verdicts(emulator: EmulatorProcess, count: number): Promise<string[]> {
  const { requests } = await emulator.control("requests");
  return requests.slice(-count).map(({ method, target, verdict, diagnosis }) => {
    const mistakes = diagnosis?.matches.map((match) => match.mistakes.join("+")).join(" or ");
    return `${method} ${target} ${verdict}${mistakes === undefined ? "" : `: ${mistakes}`}`;
  });
}

/** What the local cloud was asked, in lines for a terminal. */

import type { RequestRecord, SignDiagnosis } from "../emulator.js";
import { describeMatches } from "./matches.js";

/** A line for a request, and after it why its sign is wrong, if it is. */
export function describeRequest(record: RequestRecord): string {
  const { at, method, target, status, code, verdict, detail, diagnosis } = record;
  const time = new Date(at).toTimeString().slice(0, 8);
  const about = detail === undefined ? "" : `(${detail})`;
  const line = [time, method, target, status, code, verdict, about].filter(
    (part) => part !== undefined && part !== "",
  );
  const lines = [line.join(" "), ...(diagnosis === undefined ? [] : explained(diagnosis))];
  return `${lines.map(printable).join("\n")}\n`;
}

function explained({ matches, str }: SignDiagnosis): string[] {
  const why =
    matches.length === 0
      ? "No known mistake gives this sign. Is it the right secret? Was the request changed after it was signed?"
      : describeMatches(matches);
  return `${why}\n\nThis cloud signs (⏎ is a line feed, * a masked character)\n${str.replaceAll("\n", "⏎\n")}\n`
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`));
}

/** What a terminal could take as a command, or as the end of a line, is written as an escape. */
function printable(line: string): string {
  return line.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** Results as tables of Markdown. */

import { ratio } from "../measure.js";
import { OURS } from "../work/candidate.js";
import { spread, time, times } from "./format.js";
import { type Filled, rowOf } from "./results.js";
import { type Outcome, outcomeText } from "./targets.js";

/** A column of a table: who took how long at one kind of work on one runtime. */
export interface Column {
  readonly title: string;
  readonly filled: Filled;
}

/**
 * Medians, quartiles unless the table is to be `short`, and the time of tuya-auth in parts of each other's; below it,
 * why some are absent.
 */
export function grid(columns: readonly Column[], short = false): string {
  const names = [...new Set(columns.flatMap(({ filled }) => filled.rows.map(({ name }) => name)))];
  const lines = names.map((name) => [
    escaped(name),
    ...columns.map(({ filled }) => cell(filled, name, short)),
  ]);
  const notes = new Set(
    columns.flatMap(({ filled: { absent, runtime } }) =>
      Object.entries(absent).map(([name, reason]) => `${escaped(name)} on ${runtime}: ${reason}.`),
    ),
  );
  return [table(["", ...columns.map(({ title }) => title)], lines), ...notes].join("\n\n");
}

function cell(filled: Filled, name: string, short: boolean): string {
  const row = rowOf(filled, name);
  if (row === undefined) return "—";
  const ours = rowOf(filled, OURS);
  const text = short ? time(row.median) : `${time(row.median)} (${spread(row.median, row.quartiles)})`;
  return ours === undefined || ours === row ? text : `${text} · ${times(ratio(ours, row))}`;
}

/** The promises, a line each, and what came of them, a column for each runtime. */
export function promises(outcomes: readonly Outcome[]): string {
  const runtimes = [...new Set(outcomes.map(({ runtime }) => runtime))];
  const targets = [...new Set(outcomes.map(({ target }) => target))];
  const lines = targets.map((target) => [
    escaped(target.what),
    `≤ ${target.most} ${target.unit}`,
    ...outcomes.filter((outcome) => outcome.target === target).map(outcomeText),
  ]);
  return table(["", "target", ...runtimes], lines);
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), `|${"---|".repeat(head.length)}`, ...lines.map(row)].join("\n");
}

/** A package's name begins with what others read as a mention. */
function escaped(name: string): string {
  return name.includes("@") ? name.replace(/@[^\s,]+/, "`$&`") : name;
}

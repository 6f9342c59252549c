/** Servers under load, as rows of a table. */

import { figureOf, type Load, type Round, ratioTo } from "../proxy/load.js";

/** The figures, and how each is written. */
const FIGURES: readonly [keyof Round, title: string, write: (value: number) => string][] = [
  ["throughput", "calls a second", (value) => `${value.toFixed(0)} /s`],
  ["p99", "p99", (value) => `${value.toFixed(1)} ms`],
  ["cpu", "processor time of a call", (value) => `${value.toFixed(0)} µs`],
  ["p50", "p50, one connection", (value) => `${value.toFixed(2)} ms`],
];

/** One target's figures, with their ratios to the first target's, which has none. */
export interface LoadRow {
  readonly name: string;
  readonly cells: readonly { readonly figure: string; readonly ratio: string }[];
}

export function loadRows(loads: readonly Load[]): LoadRow[] {
  const [first] = loads;
  return loads.map((load) => ({
    name: load.name,
    cells: FIGURES.map(([figure, , write]) => ({
      figure: write(figureOf(load, figure)),
      ratio: first === undefined || load === first ? "" : ratioText(ratioTo(first, load, figure)),
    })),
  }));
}

/** The rows as a table in Markdown. */
export function loadTable(loads: readonly Load[]): string {
  const head = ["", ...FIGURES.map(([, title]) => title)];
  const rows = loadRows(loads).map(({ name, cells }) => [
    name,
    ...cells.map(({ figure, ratio }) => (ratio === "" ? figure : `${figure} · ${ratio}`)),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

function ratioText(ratio: number): string {
  return `${ratio.toPrecision(2)} ×`;
}

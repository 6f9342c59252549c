/** The time of one sign as bars, a panel for each runtime, as SVG that is readable on light and on dark ground. */

import { OURS } from "../work/candidate.js";
import { time } from "./format.js";
import type { Filled } from "./results.js";

const WIDTH = 720;
/** Where the bars begin, in px. */
const LEFT = 240;
/** What is left for the number after the longest bar, in px. */
const RIGHT = 90;
const LINE = 22;
const BAR = 14;

/** @param panels the table of the typical request on each runtime */
export function plot(panels: readonly Filled[]): string {
  const longest = Math.max(...panels.flatMap(({ rows }) => rows.map(({ quartiles }) => quartiles[1])));
  const parts: string[] = [];
  let top = 34;
  for (const panel of panels) {
    parts.push(text(8, top, "title", panel.runtime));
    top += 10;
    for (const row of panel.rows) {
      const scale = (value: number) => LEFT + (value / longest) * (WIDTH - LEFT - RIGHT);
      const [low, high] = row.quartiles.map(scale) as [number, number];
      const end = scale(row.median);
      const middle = top + LINE / 2;
      const own = row.name === OURS ? "own" : "other";
      parts.push(
        text(LEFT - 8, middle + 4, "name", row.name),
        `<rect class="${own}" x="${LEFT}" y="${middle - BAR / 2}" width="${px(end - LEFT)}" height="${BAR}"/>`,
        `<path class="spread" d="M${px(low)} ${middle}H${px(high)}"/>`,
        text(Math.max(end, high) + 6, middle + 4, "number", time(row.median)),
      );
      top += LINE;
    }
    top += 30;
  }
  const title = "Signing one business request: median and quartiles, shorter is better";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top - 16}" role="img" aria-label="${title}">
<style>
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 }
.name { text-anchor: end }
.own { fill: #0969da }
.other { fill: #afb8c1 }
.spread { stroke: #57606a; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .own { fill: #58a6ff }
  .other { fill: #484f58 }
  .spread { stroke: #b1bac4 }
}
</style>
${text(8, 14, "", title)}
${parts.join("\n")}
</svg>
`;
}

function text(x: number, y: number, kind: string, content: string): string {
  const shown = content.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<text x="${px(x)}" y="${px(y)}"${kind && ` class="${kind}"`}>${shown}</text>`;
}

/** Tenths of a pixel. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

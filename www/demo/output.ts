/** How the demo is printed: for a person, or one JSON object a step. */

import type { StepReport } from "./step.js";

/** Where the demo says what it does. */
export interface Output {
  /** A step that is over. */
  step(report: StepReport): void;
  /** What a person should know or do next; nothing in JSON. */
  note(text: string): void;
}

/** @param write prints one line */
export function createOutput(json: boolean, write: (line: string) => void): Output {
  if (json) return { step: (report) => write(JSON.stringify(flat(report))), note: () => {} };
  return { step: (report) => write(described(report)), note: write };
}

/** The report with its facts beside its other members. */
function flat(report: StepReport): object {
  if (!report.ok) return report;
  const { facts, ...rest } = report;
  return { ...rest, ...facts };
}

function described(report: StepReport): string {
  const head =
    `${report.ok ? "ok" : "not ok"}`.padEnd(8) + report.step.padEnd(9) + `${report.ms} ms`.padStart(8);
  if (!report.ok) return `${head}  ${report.code}: ${report.message}`;
  const facts = Object.entries(report.facts).map(([name, value]) => `${name} ${value}`);
  return `${head}  ${facts.join(" · ")}`;
}

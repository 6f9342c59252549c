/** Renews the parts of the documents that hold what was measured: those that the results fill, and no others. */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type Column, grid, promises } from "./markdown.js";
import { plot } from "./plot.js";
import { FIRST_USE, type Results, tablesOf } from "./results.js";
import { outcomes } from "./targets.js";

const TYPICAL = "sign, nonce given, empty";
const BODIES = ["empty", "200 B", "64 KiB", "1 MiB", "1 MiB, bytes"];
const DOCUMENTS = ["docs/performance.md", "README.md"];
const PLOT = "docs/performance.svg";

const path = (name: string) => fileURLToPath(new URL(`../../../../${name}`, import.meta.url));

/** Writes what the results fill into the documents, and the plot. */
export function writeDocuments(results: Results): void {
  writeSections(sections(results));
  const typical = tablesOf(results, TYPICAL);
  if (typical.length > 0) writeFileSync(path(PLOT), plot(typical));
}

/** Writes these sections into the documents that have them. */
export function writeSections(sections: ReadonlyMap<string, string>): void {
  for (const document of DOCUMENTS) {
    let text = readFileSync(path(document), "utf8");
    for (const [name, content] of sections) text = renewed(text, name, content);
    writeFileSync(path(document), text);
  }
}

/** A document with another content between the marks of this name; the same document when it has no such marks. */
export function renewed(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- bench: ${name} -->\n`, `<!-- /bench: ${name} -->`];
  const [begin, end] = [text.indexOf(open), text.indexOf(close)];
  if (begin < 0 || end < begin) return text;
  return `${text.slice(0, begin + open.length)}\n${content}\n\n${text.slice(end)}`;
}

/** The sections that the results fill, by name. */
export function sections(results: Results): Map<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, columns: readonly Column[], packages = false) => {
    if (columns.length > 0) found.set(name, `${grid(columns)}\n\n${measuredOn(results, packages)}`);
  };
  add("sign", byRuntime(results, TYPICAL), true);
  // One Node is enough where there is little room.
  const short = byRuntime(results, TYPICAL).filter(({ title }, at) => at === 0 || !title.startsWith("Node"));
  if (short.length > 0) found.set("sign, in short", `${grid(short, true)}\n\n${measuredOn(results, false)}`);
  for (const nonce of ["nonce given", "nonce generated"]) {
    const all = bodies(results, nonce);
    if (all.length > 0) found.set(nonce, `${all.join("\n\n")}\n\n${measuredOn(results, true)}`);
  }
  for (const table of [FIRST_USE, "verify", "callback"])
    add(table, byRuntime(results, table), table === FIRST_USE);
  for (const kind of ["simple request", "rich request"]) {
    add(`diagnose, ${kind}`, byRuntime(results, `diagnose, ${kind}`));
  }
  const judged = outcomes(results);
  const complete = judged.every(({ target }) =>
    judged.some((other) => other.target === target && other.measured !== undefined),
  );
  if (complete && judged.length > 0)
    found.set("targets", `${promises(judged)}\n\n${measuredOn(results, true)}`);
  return found;
}

function byRuntime(results: Results, table: string): Column[] {
  return tablesOf(results, table).map((filled) => ({ title: filled.runtime, filled }));
}

/** For each runtime a table with the bodies as columns. */
function bodies(results: Results, nonce: string): string[] {
  const runtimes = tablesOf(results, `sign, ${nonce}, empty`).map(({ runtime }) => runtime);
  return runtimes.map((runtime) => {
    const columns = BODIES.flatMap((body) =>
      tablesOf(results, `sign, ${nonce}, ${body}`)
        .filter((filled) => filled.runtime === runtime)
        .map((filled): Column => ({ title: body, filled })),
    );
    return `**${runtime}**\n\n${grid(columns)}`;
  });
}

function measuredOn({ machine: { text, packages } }: Results, withPackages: boolean): string {
  return `${[text, ...(withPackages ? packages.map((name) => `\`${name}\``) : [])].join("; ")}.`;
}

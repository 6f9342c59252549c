/** The colours that every page of the local cloud takes from one table, in both schemes. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const tokens = readFileSync(
  fileURLToPath(new URL("../../../../emulator/src/style/tokens.css", import.meta.url)),
  "utf8",
);

/** Text on its ground: WCAG 2.2 asks for 4.5 : 1. */
const texts = [
  ["ink", "paper"],
  ["ink", "card"],
  ["quiet", "paper"],
  ["quiet", "card"],
  ["accent", "card"],
  ["on-accent", "accent"],
  ["error", "card"],
  ["error", "error-paper"],
  ["good", "good-paper"],
] as const;
/** What shows where a field is, and where the focus: 3 : 1. */
const shapes = [
  ["line", "card"],
  ["accent", "card"],
  ["accent", "paper"],
] as const;

/** The colours of a scheme by name. */
function coloursOf(scheme: "light" | "dark"): Map<string, string> {
  const [light = "", dark = ""] = tokens.split("@media (prefers-color-scheme: dark)");
  const block = scheme === "light" ? light : dark;
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

/** The relative luminance of a colour, as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe("the colours of the pages", () => {
  for (const scheme of ["light", "dark"] as const) {
    it(`can be told apart: ${scheme}`, () => {
      const colours = coloursOf(scheme);
      for (const [pairs, least] of [
        [texts, 4.5],
        [shapes, 3],
      ] as const) {
        for (const [one, other] of pairs) {
          const [first, second] = [colours.get(one), colours.get(other)];
          assert.ok(first !== undefined && second !== undefined, `${one} or ${other} is not there`);
          const ratio = contrast(first, second);
          assert.ok(ratio >= least, `${one} on ${other}: ${ratio.toFixed(2)}`);
        }
      }
    });
  }
});

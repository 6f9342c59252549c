/** Explanations of a wrong sign, in words. */

import type { Match } from "../debug/diagnose.js";

/** The mistakes that give a sign, at least one match of them. */
export function describeMatches(
  matches: readonly (Omit<Match, "mistakes"> & { readonly mistakes: readonly string[] })[],
): string {
  const title = matches.length === 1 ? "This gives the very sign:" : "Each of these gives the very sign:";
  const paragraphs = matches.map(
    ({ mistakes, description, fix }) =>
      `${mistakes.join(" + ")}\n  What happened: ${description}\n  What to do: ${fix}`,
  );
  return [title, ...paragraphs].join("\n\n");
}

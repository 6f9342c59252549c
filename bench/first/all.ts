/** The runtimes by name, for first uses. */

import { runtime } from "../../tests/runtimes/programs.js";
import { firstInChromium } from "./chromium.js";
import type { FirstUses } from "./contender.js";
import { firstOnNode } from "./node.js";
import { firstOnWorkerd } from "./workerd.js";

const node = (name: "node" | "node22" | "node24") => () => {
  const program = runtime(name);
  return program === undefined ? undefined : firstOnNode(program);
};

/** Prepares a runtime; `undefined` where it was not installed for this machine. */
export const first: Readonly<Record<string, () => Promise<FirstUses> | undefined>> = {
  node: node("node"),
  node22: node("node22"),
  node24: node("node24"),
  workerd: firstOnWorkerd,
  chromium: firstInChromium,
};

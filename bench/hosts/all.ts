/** The hosts by name. */

import { runtime } from "../../tests/runtimes/programs.js";
import { startChromium } from "./chromium.js";
import type { Host } from "./host.js";
import { startNode } from "./node.js";
import { startWorkerd } from "./workerd.js";

/** Starts a host; `undefined` where it was not installed for this machine. */
type Start = () => Promise<Host> | undefined;

const node = (name: "node" | "node22" | "node24") => () => {
  const program = runtime(name);
  return program === undefined ? undefined : startNode(program);
};

export const hosts: Readonly<Record<string, Start>> = {
  node: node("node"),
  node22: node("node22"),
  node24: node("node24"),
  workerd: startWorkerd,
  chromium: startChromium,
};

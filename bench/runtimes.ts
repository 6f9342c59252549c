/** The runtimes that are measured, by name. */

import { runtime } from "../tests/runtimes/programs.js";
import { firstInChromium } from "./first/chromium.js";
import type { FirstUses } from "./first/contender.js";
import { firstOnNode } from "./first/node.js";
import { firstOnWorkerd } from "./first/workerd.js";
import { startChromium } from "./hosts/chromium.js";
import type { Host } from "./hosts/host.js";
import { startNode } from "./hosts/node.js";
import { startWorkerd } from "./hosts/workerd.js";

interface Runtime {
  /** Starts it, to stay. */
  start(): Promise<Host>;
  /** Prepares first uses in it. */
  first(): Promise<FirstUses>;
}

/** `undefined`: not installed for this machine. */
export const runtimes: Readonly<Record<string, Runtime | undefined>> = {
  node: node("node"),
  node22: node("node22"),
  node24: node("node24"),
  workerd: { start: startWorkerd, first: firstOnWorkerd },
  chromium: { start: startChromium, first: firstInChromium },
};

function node(name: "node" | "node22" | "node24"): Runtime | undefined {
  const program = runtime(name);
  return program === undefined
    ? undefined
    : { start: () => startNode(program), first: () => firstOnNode(program) };
}

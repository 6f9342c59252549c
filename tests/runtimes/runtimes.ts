import { pages, pageWorkers } from "./browsers.js";
import { edge } from "./edge.js";
import { processes } from "./processes.js";
import type { Runtime } from "./runtime.js";
import { workerd } from "./workerd.js";

/** Every runtime that the suite is launched in, in the order of the table in `docs/runtimes.md`. */
export const runtimes: readonly Runtime[] = [...processes, workerd, edge, ...pages, ...pageWorkers];

/** One first use in this new process: prints how long it took in ms, and what it gave. */

import process from "node:process";

// What is the benchmark's own is there before the clock runs.
import "../work/by-hand.js";
import "../work/typical.js";

const [, , file] = process.argv;
const begin = performance.now();
const { first } = await import(`./${file}.js`);
const gave = await first();
process.stdout.write(JSON.stringify({ took: performance.now() - begin, gave }));

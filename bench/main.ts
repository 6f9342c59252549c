/** `cargo xtask bench`: medians of interleaved rounds, as ratios within this one run. */

import { cpus } from "node:os";
import process from "node:process";

import { askingInProcess, askingOverHttp, refusing } from "./emulator.js";
import { hosts } from "./hosts/all.js";
import { measureAsync } from "./measure.js";
import { optionsOf, wanted } from "./options.js";
import { printLoads, printTable } from "./print.js";
import { proxying } from "./proxy.js";
import { fill, type Proofs } from "./run.js";
import { ids } from "./work/ids.js";

const options = optionsOf(process.argv.slice(2));
process.stdout.write(`${cpus()[0]?.model ?? "unknown processor"}\n`);
const proofs: Proofs = new Map();
const tables = ids.filter((id) => wanted(options, id));
for (const name of tables.length === 0 ? [] : options.runtimes) {
  const host = await hosts[name]?.();
  if (host === undefined) continue;
  try {
    for (const table of tables) {
      const { rows, absent } = await fill(table, host, [], proofs, options.rounds);
      printTable(`${host.name}: ${table}`, rows, absent);
    }
  } finally {
    await host.stop();
  }
}
if (wanted(options, "emulator")) {
  printTable(
    "a token call of the local cloud, in this process, signing included",
    await measureAsync(askingInProcess()),
  );
  printTable("a wrong sign at the local cloud, in this process", await measureAsync(refusing()));
  const { candidates, stop } = await askingOverHttp();
  printTable(
    "a token call over HTTP, one connection that is kept, signing included",
    await measureAsync(candidates),
  );
  await stop();
}
if (wanted(options, "proxy")) {
  printLoads(
    "calls of workers on workerd: rate, p99 and CPU time with 16 connections, p50 with one; ratios to the first",
    await proxying(),
  );
}

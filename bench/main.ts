/** `cargo xtask bench`: medians of interleaved rounds, as ratios within this one run. */

import process from "node:process";

import { askingInProcess, askingOverHttp, refusing } from "./emulator.js";
import { countInstructions, recordedInstructions, recordInstructions } from "./instructions.js";
import { measureAsync } from "./measure.js";
import { optionsOf, wanted } from "./options.js";
import { printLoads, printOutcomes, printTable } from "./print.js";
import { proxying } from "./proxy.js";
import { loadTable } from "./report/loads.js";
import { machine } from "./report/machine.js";
import { outcomes } from "./report/targets.js";
import { writeDocuments, writeSections } from "./report/write.js";
import { fillTables } from "./tables.js";

const options = optionsOf(process.argv.slice(2));
await (options.quick ? agree() : takeTimes());

/** Every candidate runs once; whoever gives something else than the others ends the run. */
async function agree(): Promise<void> {
  await fillTables(options, ({ runtime, table, rows }) =>
    process.stdout.write(`${runtime}: ${table}: ${rows.length} agree\n`),
  );
}

async function takeTimes(): Promise<void> {
  const here = machine();
  process.stdout.write(`${here.text}\n${here.packages.join(", ")}\n`);
  if (wanted(options, "instructions")) instructions();
  const tables = await fillTables(options, ({ runtime, table, rows, absent }) =>
    printTable(`${runtime}: ${table}`, rows, absent),
  );
  const results = { machine: here, tables };
  printOutcomes(outcomes(results));
  if (options.write) writeDocuments(results);
  if (wanted(options, "emulator")) await emulator();
  if (wanted(options, "proxy")) {
    const loads = await proxying();
    printLoads(
      "workers on workerd, 16 connections unless said: calls, p99, processor time, p50 of one",
      loads,
    );
    if (options.write && typeof loads !== "string")
      writeSections(new Map([["workers", `${loadTable(loads)}\n\n${here.text}.`]]));
  }
}

function instructions(): void {
  const counted = countInstructions();
  if (options.write) recordInstructions(counted);
  process.stdout.write(`\none sign: ${counted} instructions, recorded ${recordedInstructions()}\n`);
}

async function emulator(): Promise<void> {
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

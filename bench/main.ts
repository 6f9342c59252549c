/** `cargo xtask bench`: medians of interleaved rounds, as ratios to the first candidate of each table. */

import { cpus } from "node:os";
import process from "node:process";

import { diagnosing } from "./diagnose.js";
import { askingInProcess, askingOverHttp, refusing } from "./emulator.js";
import { type Measurement, measure, measureAsync } from "./measure.js";
import type { Load } from "./proxy/load.js";
import { proxying } from "./proxy.js";
import { signing } from "./sign.js";

const [cpu] = cpus();
process.stdout.write(`Node ${process.version}, ${cpu?.model ?? "unknown processor"}\n`);
table("sign one business request, nonce given, empty body", measure(signing()));
table("diagnose a sign that has no known cause", measure(diagnosing()));
table(
  "a token call of the local cloud, in this process, signing included",
  await measureAsync(askingInProcess()),
);
table("a wrong sign at the local cloud, in this process", await measureAsync(refusing()));
const { candidates, stop } = await askingOverHttp();
table(
  "a token call over HTTP, one connection that is kept, signing included",
  await measureAsync(candidates),
);
await stop();
loads(
  "a proxied call on workerd, the cloud answering at once: rate with 16 connections, times with one; ratios to the first",
  await proxying(),
);

function table(title: string, measurements: readonly Measurement[]): void {
  const [first] = measurements;
  process.stdout.write(`\n${title}\n`);
  for (const { name, median, quartiles } of measurements) {
    const ratio = first === undefined || first.name === name ? "" : `${(first.median / median).toFixed(2)} ×`;
    const [low, high] = quartiles.map((time) => time.toFixed(2));
    const time = `${median.toFixed(2).padStart(10)} µs  (${low} to ${high})`;
    process.stdout.write(`  ${name.padEnd(32)}${time.padEnd(34)}${ratio}\n`);
  }
}

function loads(title: string, measured: readonly Load[]): void {
  const [first] = measured;
  process.stdout.write(`\n${title}\n`);
  for (const { name, throughput, p50, p99 } of measured) {
    const ratios =
      first === undefined || first.name === name
        ? ""
        : [throughput / first.throughput, p50 / first.p50, p99 / first.p99]
            .map((ratio) => `${ratio.toFixed(2)} ×`)
            .join("  ");
    const rate = `${throughput.toFixed(0).padStart(10)} calls/s`;
    const times = `p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`;
    process.stdout.write(`  ${name.padEnd(32)}${rate}  ${times.padEnd(30)}${ratios}\n`);
  }
}

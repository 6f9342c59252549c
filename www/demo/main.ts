/** `cargo xtask demo`, once everything is built: runs the demo's steps, then serves until Ctrl-C. */

import { DemoFailure, toFailure } from "./failure.js";
import { demoAccount, linkLocally, type Running, stopAll } from "./local.js";
import { createOutput, type Output } from "./output.js";
import { serveReal } from "./real.js";
import {
  defaultWorkerPort,
  help,
  parseSettings,
  type RealCloud,
  realCloudFrom,
  type Settings,
} from "./settings.js";
import { StepFailed } from "./step.js";

/** What a shell expects of a program that Ctrl-C ended before it was done. */
const interruptedStatus = 130;

// Not just an exit code: a step that was interrupted may have started a process, which this ends as well.
process.exit(await main(process.argv.slice(2), process.env));

/** @returns the exit status */
async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const running: Running = {};
  const interrupted = interruption();
  try {
    const settings = parseSettings(args);
    if (settings.help) {
      process.stdout.write(help);
      return 0;
    }
    const output = createOutput(settings.json, (line) => process.stdout.write(`${line}\n`));
    const real = realCloudFrom(environment);
    const work =
      real === undefined ? demonstrate(settings, output, running) : serve(real, settings, output, running);
    const finished = await Promise.race([work.then(() => true), interrupted.then(() => false)]);
    if (!finished) return interruptedStatus;
    if (!settings.once) await interrupted;
    return 0;
  } catch (thrown) {
    // A step that failed has been reported by its own line.
    if (!(thrown instanceof StepFailed)) process.stderr.write(`${toFailure(thrown).message}\n`);
    return 1;
  } finally {
    await stopAll(running);
  }
}

/** Links the demo account, and says where to try it oneself. */
async function demonstrate(settings: Settings, output: Output, running: Running): Promise<void> {
  const start = performance.now();
  const uid = await linkLocally(
    {
      cloudPort: settings.cloudPort,
      workerPort: settings.workerPort ?? defaultWorkerPort,
      report: (report) => output.step(report),
    },
    running,
  );
  output.step({ step: "done", ok: true, ms: Math.round(performance.now() - start), facts: { uid } });
  if (settings.once) return;
  output.note("");
  output.note(`Open ${running.worker?.address} and link the account yourself: region Western America,`);
  output.note(`account ${demoAccount.name}, password ${demoAccount.password}.`);
  output.note(`Projects, keys, devices and every request that the local cloud has seen:`);
  output.note(`${running.cloud?.origin}/console`);
  output.note("Ctrl-C ends it.");
}

/** Serves against the real cloud, and says what to register there. */
async function serve(real: RealCloud, settings: Settings, output: Output, running: Running): Promise<void> {
  if (settings.once) {
    throw new DemoFailure(
      "invalid_argument",
      "--once links the local demo account: unset the TUYA_ variables for it.",
    );
  }
  const address = await serveReal(
    real,
    settings.workerPort,
    { report: (report) => output.step(report) },
    running,
  );
  output.note("");
  output.note(
    `Register the callback URL above for the data center ${real.dataCenter} in the project's OAuth 2.0`,
  );
  output.note(`configuration, then open ${real.origin} (served here at ${address}).`);
  output.note("Links are kept until the demo ends. Ctrl-C ends it.");
}

/** Resolves when somebody asks the program to end. */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

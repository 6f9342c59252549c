/** The demo against the local cloud: start it, start the worker, load the page, link an account. */

import { Browser } from "./browser.js";
import { checkPage } from "./check-page.js";
import { type RunningCloud, startCloud } from "./cloud.js";
import { type Account, type LinkOptions, linkAccount } from "./link.js";
import { findPort } from "./loopback.js";
import { startCheckedWorker } from "./serve.js";
import { type StepHooks, type StepName, Steps } from "./step.js";
import type { RunningWorker } from "./worker.js";
import { readLocalSecrets, readWranglerFile, type WorkerVars } from "./wrangler.js";

/** The account that the demo links: one of the local cloud's documented seed (docs/emulator.md). */
export const demoAccount: Account = {
  name: "ann@example.com",
  password: "ann-demo-password",
  uid: "az1700000000000Ann01",
};
/** The data center in which it lives. */
export const demoDataCenter = "us";

/** What has been started so far. */
export interface Running {
  cloud?: RunningCloud;
  worker?: RunningWorker;
}

/** Options of {@link linkLocally}: where to listen, whom to tell, and what a test lets go wrong. */
export interface LocalOptions extends Pick<LinkOptions, "decision" | "tamper">, Pick<StepHooks, "report"> {
  /** 0 means any. */
  cloudPort: number;
  /** 0 means any. */
  workerPort: number;
  before?(step: StepName, running: Running): void | Promise<void>;
  /** The worker's secret instead of the demo project's. */
  secret?: string;
  /** The origin that the cloud knows for the callbacks, instead of the worker's. */
  callbackOrigin?: string;
}

/**
 * Runs every step of the demo.
 *
 * @param running filled as things start, also when a step fails; the caller stops them with {@link stopAll}
 * @returns the uid that is linked now
 * @throws StepFailed at the first step that does not hold
 */
export async function linkLocally(options: LocalOptions, running: Running): Promise<string> {
  const { report, before } = options;
  const steps = new Steps({ report, before: (step) => before?.(step, running) });
  const wrangler = await readWranglerFile();
  const secrets = await readLocalSecrets();
  const listen = await findPort(options.workerPort, "--worker-port");
  const origin = `http://localhost:${listen.port}`;

  const cloud = await steps.run(
    "cloud",
    () => startCheckedCloud(options, origin, running),
    ({ origin: url, pid }) => ({ url, pid }),
  );
  await steps.run(
    "worker",
    async () => {
      const vars = pointAt(cloud.origin, { ...wrangler.vars, ORIGIN: origin });
      const secret = options.secret ?? secrets.TUYA_CLIENT_SECRET;
      const worker = { listen, vars, secrets: { TUYA_CLIENT_SECRET: secret }, network: "local" } as const;
      return startCheckedWorker(worker, (started) => {
        running.worker = started;
      });
    },
    ({ address, pid }) => ({ url: address, pid }),
  );
  const browser = new Browser();
  await steps.run(
    "page",
    () => checkPage(browser, origin, demoDataCenter),
    ({ url, bytes }) => ({ url, bytes }),
  );
  const { decision, tamper } = options;
  return linkAccount(steps, {
    cloud,
    origin,
    browser,
    account: demoAccount,
    dataCenter: demoDataCenter,
    clientId: wrangler.vars.TUYA_CLIENT_ID,
    ...(decision !== undefined && { decision }),
    ...(tamper !== undefined && { tamper }),
  });
}

/** Ends whatever runs. */
export async function stopAll(running: Running): Promise<void> {
  await Promise.all([running.cloud?.stop(), running.worker?.stop()]);
}

async function startCheckedCloud(
  options: LocalOptions,
  origin: string,
  running: Running,
): Promise<RunningCloud> {
  const { port } = await findPort(options.cloudPort, "--cloud-port");
  const cloud = await startCloud(port, options.callbackOrigin ?? origin);
  running.cloud = cloud;
  await cloud.requests();
  return cloud;
}

/** The same variables with every address of the local cloud moved to where it listens. */
export function pointAt(cloud: string, vars: WorkerVars): WorkerVars {
  const moved = (url: string) => `${cloud}${new URL(url).pathname}`;
  const dataCenters = Object.entries(vars.TUYA_DATA_CENTERS).map(([code, { page, openapi, callback }]) => [
    code,
    {
      page: moved(page),
      ...(openapi !== undefined && { openapi: moved(openapi) }),
      ...(callback !== undefined && { callback }),
    },
  ]);
  return { ...vars, TUYA_DATA_CENTERS: Object.fromEntries(dataCenters) };
}

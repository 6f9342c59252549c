/** The same worker and page against the real cloud, for a project of one's own. */

import { createAuthorization, dataCenters } from "tuya-auth";

import { Browser } from "./browser.js";
import { checkPage } from "./check-page.js";
import { DemoFailure } from "./failure.js";
import type { Running } from "./local.js";
import { findPort } from "./loopback.js";
import { startCheckedWorker } from "./serve.js";
import { defaultWorkerPort, type RealCloud } from "./settings.js";
import { type StepHooks, Steps } from "./step.js";

/**
 * Serves worker and page for the project of `cloud`, on localhost.
 *
 * @param workerPort absent: the origin's own port where that is on this machine
 * @returns where this machine reaches the page
 * @throws StepFailed at the first step that does not hold
 */
export async function serveReal(
  cloud: RealCloud,
  workerPort: number | undefined,
  hooks: StepHooks,
  running: Running,
): Promise<string> {
  const steps = new Steps(hooks);
  await steps.run(
    "register",
    async () => callbackUrl(cloud),
    (callback) => ({ callback, dataCenter: cloud.dataCenter }),
  );
  const worker = await steps.run(
    "worker",
    async () => {
      const listen = await findPort(workerPort ?? localPort(cloud.origin), "--worker-port");
      const vars = {
        ORIGIN: cloud.origin,
        TUYA_CLIENT_ID: cloud.clientId,
        TUYA_DATA_CENTERS: { [cloud.dataCenter]: { page: cloud.authorizationPage } },
      };
      const secrets = {
        TUYA_CLIENT_SECRET: cloud.secret,
        ...(cloud.identifier !== undefined && { TUYA_IDENTIFIER: cloud.identifier }),
      };
      return startCheckedWorker({ listen, vars, secrets, network: "public" }, (started) => {
        running.worker = started;
      });
    },
    ({ address, pid }) => ({ url: address, pid }),
  );
  await steps.run(
    "page",
    () => checkPage(new Browser(), worker.address, cloud.dataCenter),
    ({ url, bytes }) => ({ url, bytes }),
  );
  return worker.address;
}

/** The callback URL to register in the console, once every address in the environment has been checked. */
function callbackUrl({ origin, clientId, authorizationPage, dataCenter }: RealCloud): string {
  if (!dataCenters.some(({ code }) => code === dataCenter)) {
    const codes = dataCenters.map(({ code }) => code).join(", ");
    throw new DemoFailure("invalid_data_center", `TUYA_DATA_CENTER is none of ${codes}.`);
  }
  const redirectUri = `${origin}/auth/callback/${dataCenter}`;
  try {
    createAuthorization({
      page: authorizationPage,
      clientId,
      redirectUri,
      dataCenter,
    });
  } catch (cause) {
    const { code, message } = cause as TypeError & { code?: string };
    throw new DemoFailure(code ?? "invalid_argument", `The TUYA_ variables do not fit together: ${message}`, {
      cause,
    });
  }
  return redirectUri;
}

/** The port on which a worker with this origin is reached without a tunnel. */
function localPort(origin: string): number {
  const { hostname, port } = new URL(origin);
  return hostname === "localhost" && port !== "" ? Number(port) : defaultWorkerPort;
}

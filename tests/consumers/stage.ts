/** What all projects of a run share: a cloud to link at, a browser, and what has to come out. */

import type { Browser } from "puppeteer-core";

import { launchChromium } from "../e2e/chromium.js";
import { serveCloud } from "../support/cloud-server.js";
import { obtainCode } from "../support/consent.js";
import { ann, appKeys } from "../support/demo-seed.js";
import { vectors } from "../support/vectors.js";
import type { PageFindings } from "./checks/page.js";
import type { ServerFindings, ServerSettings } from "./checks/server.js";

const origin = "http://localhost:8788";
const [published] = vectors.filter(({ id }) => id === "doc-business-get");
if (published === undefined) throw new Error("the vectors lack doc-business-get");

/** The vector that projects sign. */
export const vector = published;

/** What a page must find. */
export const pageFindings: PageFindings = {
  sign: vector.sign,
  code: "code-of-a-link",
  foreign: "state_mismatch",
};

/** What a server must find. */
export const serverFindings: ServerFindings = { ...pageFindings, uid: ann.uid, devices: ann.devices };

/** Where projects are run. */
export interface Stage {
  /** Has ann consent. @returns what a server needs for one link */
  settings(): Promise<ServerSettings>;
  /** Started when it is first asked for. */
  browser(): Promise<Browser>;
  close(): Promise<void>;
}

/** Opens a stage on loopback. */
export async function openStage(): Promise<Stage> {
  const cloud = await serveCloud({ seed: { callbackOrigin: origin } });
  let browser: Promise<Browser> | undefined;
  return {
    async settings() {
      const login = { fetch, origin: cloud.origin, dataCenter: "us", account: ann } as const;
      return { cloud: cloud.origin, ...appKeys, origin, code: await obtainCode(login) };
    },
    browser() {
      browser ??= launchChromium();
      return browser;
    },
    async close() {
      await (await browser)?.close();
      await cloud.close();
    },
  };
}

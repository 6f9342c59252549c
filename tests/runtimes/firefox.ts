import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type Browser, launch } from "puppeteer-core";

import { findProgram } from "../support/program.js";

/** The names that Firefox has on the search path; the first is Debian's. */
const names = ["firefox-esr", "firefox"];

const home = fileURLToPath(new URL("../../../firefox-home", import.meta.url));

/** Why Firefox cannot be started here; `false` when it can. */
export function firefoxAbsent(): string | false {
  return findProgram(names) === undefined && `no ${names.join(" or ")} on the search path`;
}

/** Starts Firefox without a window, driven by WebDriver BiDi. */
export function launchFirefox(): Promise<Browser> {
  const executablePath = findProgram(names);
  if (executablePath === undefined) throw new Error(String(firefoxAbsent()));
  // As root it starts only with a home of root's own, which a container's need not be.
  mkdirSync(home, { recursive: true });
  return launch({ browser: "firefox", executablePath, env: { ...process.env, HOME: home } });
}

import { type Browser, launch } from "puppeteer-core";

import { findProgram } from "../support/program.js";

/** The names that Firefox has on the search path; the first is Debian's. */
const names = ["firefox-esr", "firefox"];

/** Why Firefox cannot be started here; `false` when it can. */
export function firefoxAbsent(): string | false {
  return findProgram(names) === undefined && `no ${names.join(" or ")} on the search path`;
}

/** Starts Firefox without a window, driven by WebDriver BiDi. */
export function launchFirefox(): Promise<Browser> {
  const executablePath = findProgram(names);
  if (executablePath === undefined) throw new Error(String(firefoxAbsent()));
  return launch({ browser: "firefox", executablePath });
}

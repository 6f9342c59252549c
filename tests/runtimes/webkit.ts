/** WebKitGTK's own small browser, on a screen in memory, by plain WebDriver. */

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

import { watch } from "../../www/demo/child.js";
import { findPort } from "../../www/demo/loopback.js";
import { findProgram } from "../support/program.js";
import type { OpenBrowser } from "./browsers.js";

const programs = ["WebKitWebDriver", "Xvfb"];

/** What the browser is told by its environment. */
const settings = {
  // Its sandbox, like Chromium's, does not start as a container's root.
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
  // On Linux its engine may break a caller's registers when it exchanges a WebAssembly function that is running for a
  // faster one: of a thousand fresh workers three had a wrong hash, a trap or a JavaScript variable that was lost.
  // https://bugs.webkit.org/show_bug.cgi?id=289009
  JSC_useWasmOSR: "0",
};

/** How long the driver may take to listen, in ms. */
const patience = 20_000;

/** Why WebKitGTK cannot be started here; `false` when it can. */
export function webKitAbsent(): string | false {
  const missing = programs.filter((name) => findProgram([name]) === undefined);
  return missing.length > 0 && `no ${missing.join(" and no ")} on the search path`;
}

/** Opens a page. */
export async function openInWebKit(url: string): Promise<OpenBrowser> {
  const screen = spawn("Xvfb", ["-displayfd", "3", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const ending = [watch(screen).stop];
  // The last first, and all of them even when one fails.
  const close = async (): Promise<void> => {
    await ending.pop()?.().finally(close);
  };
  try {
    const display = await firstLine(screen);
    const { port } = await findPort(0, "");
    const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      stdio: "ignore",
      env: { ...process.env, ...settings, DISPLAY: `:${display}` },
    });
    ending.push(watch(driver).stop);
    const session = await openSession(`http://127.0.0.1:${port}`);
    ending.push(session.end);
    await session.send("POST", "/url", { url });
    return { version: session.version, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a process writes to its descriptor 3, up to the first line's end. */
async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdio[3] as Readable })) return line;
  throw new Error("Xvfb ended before it had a display");
}

/** Makes a session, whose default browser is the driver's own. */
async function openSession(origin: string) {
  await listening(origin);
  const { sessionId, capabilities } = await command(`${origin}/session`, "POST", { capabilities: {} });
  const base = `${origin}/session/${sessionId}`;
  return {
    version: String(capabilities.browserVersion),
    send: (method: string, path: string, body?: object) => command(`${base}${path}`, method, body),
    async end() {
      await command(base, "DELETE");
    },
  };
}

async function listening(origin: string): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return void (await command(`${origin}/status`, "GET"));
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(50);
    }
  }
}

/** One command of WebDriver. @returns its value, whose shape is the command's */
// biome-ignore lint/suspicious/noExplicitAny: each command's value has a shape of its own
async function command(url: string, method: string, body?: object): Promise<any> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method, ...sent });
  const { value } = (await response.json()) as { value: { message?: string } };
  if (!response.ok) throw new Error(`WebDriver, ${method} ${new URL(url).pathname}: ${value.message}`);
  return value;
}

/** The command line: `tuya-auth <command>`. */

import { readFileSync } from "node:fs";

import { TuyaAuthError } from "../errors.js";
import { type Command, UsageError } from "./command.js";
import { diagnose } from "./diagnose.js";
import { emulator } from "./emulator.js";
import { explain } from "./explain.js";
import { link } from "./link.js";
import { sign } from "./sign.js";

const commands: readonly Command[] = [emulator, link, sign, explain, diagnose];

/**
 * Runs a command.
 *
 * @param args the arguments after the program's name
 * @returns the exit status: 0, 1 when the command failed, 2 when it was called wrongly
 */
export async function main(args: readonly string[]): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--help" || name === "-h") {
    process.stdout.write(help());
    return args.length === 0 ? 2 : 0;
  }
  if (name === "--version") {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = commands.find((known) => known.name === name);
  if (command === undefined) {
    process.stderr.write(`tuya-auth: there is no command ${JSON.stringify(name)}\n\n${help()}`);
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(command.help);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const hint = error instanceof UsageError ? `\nSee: tuya-auth ${command.name} --help` : adviceOf(error);
    process.stderr.write(`tuya-auth ${command.name}: ${message}${hint}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** What to do about a failure, where that is known. */
function adviceOf(error: unknown): string {
  return error instanceof TuyaAuthError && error.action !== undefined ? `\n${error.action}` : "";
}

function help(): string {
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(12)}${summary}`);
  return `Usage: tuya-auth <command> [options]\n\nCommands:\n${lines.join("\n")}\n\nEach command has --help. --version prints the package's version.\n`;
}

/** The version of the package that this file lies in. */
function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}

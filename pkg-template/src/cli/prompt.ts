/** Asking for a secret at the terminal, without showing it. */

import { openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { ReadStream } from "node:tty";

import { UsageError } from "./command.js";

/**
 * Asks at the terminal that the process belongs to, even when its input and output are pipes or files.
 *
 * @returns the line that was typed; nothing where there is no terminal
 * @throws UsageError when the question is answered by Ctrl-C or Ctrl-D
 */
export async function askSecret(question: string): Promise<string | undefined> {
  const terminal = openTerminal();
  if (terminal === undefined) return undefined;
  // Readline reads keys one by one, so that nothing is echoed; it writes what it would show to its output.
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: terminal.input, output: unseen, terminal: true, historySize: 0 });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once("line", resolve);
      for (const event of ["SIGINT", "close"])
        lines.once(event, () => reject(new UsageError("no secret was given")));
      terminal.show(question);
    });
  } finally {
    lines.close();
    terminal.input.destroy();
    terminal.show("\n");
  }
}

interface Terminal {
  readonly input: ReadStream;
  show(text: string): void;
}

function openTerminal(): Terminal | undefined {
  try {
    const [input, output] = process.platform === "win32" ? ["CONIN$", "CONOUT$"] : ["/dev/tty", "/dev/tty"];
    const shown = openSync(`${output}`, "w");
    return { input: new ReadStream(openSync(`${input}`, "r")), show: (text) => void writeSync(shown, text) };
  } catch {
    return undefined;
  }
}

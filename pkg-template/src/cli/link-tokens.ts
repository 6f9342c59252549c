/** The file that a link's tokens are written to. */

import { closeSync, openSync, rmSync, writeSync } from "node:fs";

import type { TokenSet } from "../token.js";
import { UsageError } from "./command.js";

/** A file that is there, and still empty. */
export interface TokenFile {
  /** Writes the tokens as JSON. */
  write(tokens: TokenSet): void;
  /** Removes the file again. */
  discard(): void;
}

/**
 * Makes the file, which nobody but its owner may read, before there are tokens that could be lost for want of it.
 *
 * @throws UsageError when it cannot be made, or is there: whoever may read it now would read the tokens
 */
export function newTokenFile(path: string): TokenFile {
  const file = made(path);
  return {
    write(tokens) {
      writeSync(file, `${JSON.stringify(tokens, null, 2)}\n`);
      closeSync(file);
    },
    discard() {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

function made(path: string): number {
  try {
    return openSync(path, "wx", 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "EEXIST" ? "it is there already" : code;
    throw new UsageError(`--out ${path} cannot be made: ${reason}`);
  }
}

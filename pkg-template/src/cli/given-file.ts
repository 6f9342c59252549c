import { readFileSync } from "node:fs";

import { UsageError } from "./command.js";

/** The bytes of a file that the caller named. @throws UsageError when it cannot be read */
export function givenFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(
      `cannot read ${path}: ${error instanceof Error && "code" in error ? error.code : error}`,
    );
  }
}

/** Programs that use the published package, in a folder where it is installed, and the compilers that check them. */

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { unpacked } from "../support/tarball.js";

/** The repository's folder. */
export const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The TypeScript of today, and the one that most have. */
export const compilers = {
  "TypeScript 7": join(root, "node_modules/typescript/bin/tsc"),
  "TypeScript 5.9": join(root, "tests/types/node_modules/typescript/bin/tsc"),
} as const;

/** Packages whose types such programs need beside ours. */
const OTHERS = ["@types", "@cloudflare", "@redis", "redis", "undici-types"];

/** A folder of programs. */
export interface Consumers {
  readonly folder: string;
  /**
   * Compiles files of the folder as strictly as can be, the package's declarations with them.
   *
   * @returns what the compiler says
   */
  compile(compiler: string, files: readonly string[], options: object): Promise<string>;
  remove(): void;
}

/** Makes a folder where the package is installed, with the programs of `tests/types/consumers`. */
export function consumers(): Consumers {
  const installed = unpacked();
  const folder = join(dirname(installed), "consumers");
  const modules = join(folder, "node_modules");
  mkdirSync(modules, { recursive: true });
  renameSync(installed, join(modules, "tuya-auth"));
  cpSync(join(root, "tests/types/consumers"), folder, { recursive: true });
  for (const other of OTHERS) symlinkSync(join(root, "node_modules", other), join(modules, other));
  return {
    folder,
    async compile(compiler, files, options) {
      const compilerOptions = {
        ...{
          target: "es2022",
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
        },
        ...{ skipLibCheck: false, noEmit: true, ...options },
      };
      const project = join(folder, "tsconfig.json");
      writeFileSync(project, JSON.stringify({ compilerOptions, files }));
      const run = promisify(execFile)(process.execPath, [compiler, "-p", project], { cwd: folder });
      const { stdout, stderr } = await run.catch(
        (error: Error & { stdout: string; stderr: string }) => error,
      );
      return stdout + stderr;
    },
    remove: () => rmSync(dirname(folder), { recursive: true }),
  };
}

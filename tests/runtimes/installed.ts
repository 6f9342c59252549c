/** The conformance suite beside the package as users get it: the packed tarball, installed by npm. */

import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type BuildOptions, build } from "esbuild";

import { tarball } from "../support/tarball.js";

/** The suite's programs, each one module that imports `tuya-auth` by name, in a folder where it is installed. */
export interface InstalledSuite {
  /** The folder, which holds `node_modules/tuya-auth`. */
  readonly folder: string;
  /** The path of a program; the names are those of `entries/`. */
  program(name: EntryName): string;
}

const entries = [
  "process",
  "process-first-uses",
  "worker",
  "edge",
  "page",
  "page-first-uses",
  "page-worker",
  "watch",
] as const;

/** A program's name. */
export type EntryName = (typeof entries)[number];

/** Installs the tarball into `folder`, made anew, and puts the programs beside it. */
export async function installSuite(folder: string): Promise<InstalledSuite> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  await promisify(execFile)("npm", ["install", ...flags, tarball()], { cwd: folder });
  const program = (name: EntryName) => join(folder, `${name}.js`);
  const options: BuildOptions = {
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    logLevel: "silent",
  };
  await build({
    ...options,
    entryPoints: Object.fromEntries(
      entries.map((name) => [name, fileURLToPath(new URL(`./entries/${name}.js`, import.meta.url))]),
    ),
    outdir: folder,
    splitting: true,
    external: ["tuya-auth", "tuya-auth/*"],
  });
  await build({ ...options, entryPoints: [program("page")], outfile: join(folder, "page-bundle.js") });
  return { folder, program };
}

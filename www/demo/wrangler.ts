/** The worker's own settings, read from the files that wrangler reads, so that they are written once. */

import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";

import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";

import { localSecretsFile, wranglerFile } from "./paths.js";

/** What this program reads of `wrangler.jsonc`. */
export interface WranglerFile {
  name: string;
  compatibility_date: string;
  durable_objects: { bindings: { name: string; class_name: string }[] };
  assets: { directory: string; binding: string };
  vars: WorkerVars;
}

/** The worker's variables, with the names that it reads. */
export interface WorkerVars {
  ORIGIN: string;
  TUYA_CLIENT_ID: string;
  TUYA_DATA_CENTERS: Record<string, { page: string; openapi?: string; callback?: "server" | "page" }>;
  TUYA_TIMEOUT?: number;
}

/** Its secrets, with the names that it reads. */
export interface WorkerSecrets {
  TUYA_CLIENT_SECRET: string;
  TUYA_IDENTIFIER?: string;
  TUYA_ENCRYPTION_KEYS?: string;
}

/** The worker's settings as they are committed. */
export async function readWranglerFile(): Promise<WranglerFile> {
  const errors: ParseError[] = [];
  const file = parse(await readFile(wranglerFile, "utf8"), errors, {
    allowTrailingComma: true,
  }) as WranglerFile;
  const [first] = errors;
  if (first !== undefined) {
    throw new Error(`${wranglerFile}: ${printParseErrorCode(first.error)} at character ${first.offset}`);
  }
  return file;
}

/** The secret of the local cloud's documented demo project. */
export async function readLocalSecrets(): Promise<WorkerSecrets> {
  const { TUYA_CLIENT_SECRET } = parseEnv(await readFile(localSecretsFile, "utf8"));
  if (TUYA_CLIENT_SECRET === undefined) throw new Error(`${localSecretsFile} names no TUYA_CLIENT_SECRET`);
  return { TUYA_CLIENT_SECRET };
}

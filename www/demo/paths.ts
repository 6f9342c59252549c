/** Where things lie in the repository. The demo runs compiled, from `target/ts/www/demo`. */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The worker's settings, the same file that wrangler reads. */
export const wranglerFile = join(root, "www/worker/wrangler.jsonc");

/** The worker's secrets for the local cloud, as `wrangler dev` reads them from a copy of this file. */
export const localSecretsFile = join(root, "www/worker/.dev.vars.example");

/** The built worker: `index.js` and the WebAssembly it imports. */
export const workerModules = join(root, "www/dist/worker");

/** The command-line program of the package, as it is installed in this repository. */
export function commandLineProgram(): string {
  const manifest = createRequire(import.meta.url).resolve("tuya-auth/package.json");
  return join(dirname(manifest), "bin/tuya-auth.js");
}

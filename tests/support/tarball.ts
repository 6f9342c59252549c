import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../../../", import.meta.url);

/**
 * The path of the npm package as it would be published. `cargo xtask test` makes it and names it in
 * `TUYA_TEST_TARBALL`; without that it is the one that `cargo xtask pack` made last.
 *
 * @throws Error that names the command, when there is none
 */
export function tarball(): string {
  const { TUYA_TEST_TARBALL: path = packed() } = process.env;
  if (!existsSync(path)) throw new Error(`${path} is absent: make it with \`cargo xtask pack\``);
  return path;
}

/** Where `cargo xtask pack` puts the tarball of this version. */
function packed(): string {
  const { version } = JSON.parse(readFileSync(new URL("pkg/package.json", root), "utf8"));
  return fileURLToPath(new URL(`target/tuya-auth-${version}.tgz`, root));
}

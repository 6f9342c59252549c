import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** Unpacks the tarball into a folder of its own. @returns the package's folder */
export function unpacked(): string {
  const folder = mkdtempSync(join(tmpdir(), "tuya-auth-tarball-"));
  execFileSync("tar", ["-xzf", tarball(), "-C", folder]);
  return join(folder, "package");
}

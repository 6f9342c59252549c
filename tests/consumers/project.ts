/** The folders that consume the package: copied out of the sources, and installed as anybody would. */

import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { tarball } from "../support/tarball.js";
import { requestOf } from "../support/vectors.js";
import { vector } from "./stage.js";
import { runTool } from "./tool.js";

const sources = fileURLToPath(new URL("../../../../tests/consumers/projects/", import.meta.url));
const checks = fileURLToPath(new URL("./checks/", import.meta.url));
const copies = fileURLToPath(new URL("../../../consumers/", import.meta.url));

/** A project with its packages, the tarball among them. */
export interface InstalledProject {
  /** The folder of its copy. */
  readonly folder: string;
  /** The version of a package that it has installed. */
  version(packageName: string): Promise<string>;
}

/** Copies and installs a project. @param name its folder in `projects` */
export async function install(name: string): Promise<InstalledProject> {
  const folder = join(copies, name);
  await copy(join(sources, name), folder);
  const npm = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  // As set-up does it: `node_modules` of the same lock file is as good as a new one.
  const lock = await readFile(join(folder, "package-lock.json"), "utf8");
  const marker = join(folder, "node_modules/.installed-lock.json");
  if ((await readFile(marker, "utf8").catch(() => "")) !== lock) {
    await runTool(["npm", "ci", ...npm], { folder });
    await mkdir(dirname(marker), { recursive: true });
    await writeFile(marker, lock);
  }
  await runTool(["npm", "install", "--no-save", ...npm, tarball()], { folder });
  return {
    folder,
    async version(packageName) {
      const manifest = join(folder, "node_modules", packageName, "package.json");
      return JSON.parse(await readFile(manifest, "utf8")).version;
    },
  };
}

/** Puts a project's files into a folder that holds nothing of an earlier run but its packages, and the checks beside. */
async function copy(from: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name !== "node_modules") await rm(join(folder, name), { recursive: true });
  }
  // What tools have made of the package's earlier contents.
  for (const cache of [".vite", ".cache"]) {
    await rm(join(folder, "node_modules", cache), { recursive: true, force: true });
  }
  await cp(from, folder, { recursive: true, filter: (path) => !path.startsWith(join(from, "node_modules")) });
  await cp(checks, join(folder, "checks"), { recursive: true });
  const { client_id: clientId, secret } = vector;
  const text = JSON.stringify({ credentials: { clientId, secret }, request: requestOf(vector) });
  await writeFile(join(folder, "checks/vector.js"), `export const vector = ${text};\n`);
}

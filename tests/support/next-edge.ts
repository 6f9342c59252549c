import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The WebAssembly modules that Next's build found as files for a route on its edge runtime, by name. On this machine
 * that runtime also lets bytes be compiled, and a host's does not: that a route works shows nothing.
 *
 * @param folder the application's
 * @param route such as `/edge/[...segments]`
 */
export async function edgeModules(folder: string, route: string): Promise<string[]> {
  const file = join(folder, ".next/server/middleware-manifest.json");
  const { functions } = JSON.parse(await readFile(file, "utf8"));
  const modules: { filePath: string }[] = functions[`${route}/route`].wasm;
  return modules.map(({ filePath }) => /_generated_(\w+?)_/.exec(filePath)?.[1] ?? filePath).sort();
}

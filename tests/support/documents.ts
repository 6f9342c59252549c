import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../../../", import.meta.url);

/**
 * Writes a code block of a document to a file from which the package is found.
 *
 * @param document its path in the repository
 * @param holding text that this block alone holds
 * @param name the file's name below `target/examples`
 * @param change what differs in the file
 * @returns the file's path
 */
export async function writeExample(
  document: string,
  holding: string,
  name: string,
  change: (code: string) => string = (code) => code,
): Promise<string> {
  const text = await readFile(new URL(document, root), "utf8");
  const blocks = [...text.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  const [found, ...more] = blocks.filter((code) => code.includes(holding));
  if (found === undefined || more.length > 0)
    throw new Error(`${document} has not one block with ${holding}`);
  const path = fileURLToPath(new URL(`target/examples/${name}`, root));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, change(found));
  return path;
}

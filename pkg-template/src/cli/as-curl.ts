/** A curl command that sends a request. */

import { UsageError } from "./command.js";
import type { HeaderList, SentRequest } from "./sent-request.js";
import { shellQuoted } from "./shell-words.js";

/**
 * Writes the command for a POSIX shell, an option a line. It sends the very bytes: no default of curl's changes them.
 *
 * @param bodyFile the file that holds the body, if it came from one
 * @throws UsageError for a body that cannot stand on a command line
 */
export function curlCommand(request: SentRequest, bodyFile: string | undefined): string {
  const { method, url, headers } = request;
  const words = [
    ["curl", ...(/[[\]{}]/.test(url) ? ["--globoff"] : []), url],
    ...methodOf(method, request.body !== undefined),
    ...headers.map((header) => ["-H", headerLine(header)]),
    ...bodyOf(request, bodyFile),
  ];
  return words.map((line) => line.map(shellQuoted).join(" ")).join(" \\\n  ");
}

function methodOf(method: string, hasBody: boolean): string[][] {
  if (method === "GET" && !hasBody) return [];
  return method === "HEAD" ? [["--head"]] : [["-X", method]];
}

/** curl reads `Name;` as an empty value, and `Name:` as none at all. */
function headerLine([name, value]: HeaderList[number]): string {
  return value === "" ? `${name};` : `${name}: ${value}`;
}

/** Without a header of its own, curl would call the body a form. */
function bodyOf({ body, headers }: SentRequest, file: string | undefined): string[][] {
  if (body === undefined) return [];
  const typed = headers.some(([name]) => name.toLowerCase() === "content-type");
  const type = typed ? [] : [["-H", "Content-Type:"]];
  if (file !== undefined) return [...type, ["--data-binary", `@${file}`]];
  return [...type, ["--data-raw", textOf(body)]];
}

function textOf(body: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    if (!text.includes("\0")) return text;
  } catch {
    // Said below.
  }
  throw new UsageError("the body is not text: give it by --body-file");
}

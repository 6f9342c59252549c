/** The request that a curl command sends. */

import { UsageError } from "./command.js";
import { type CurlOption, curlOptions } from "./curl-options.js";
import { givenFile } from "./given-file.js";
import type { HeaderList, SentRequest } from "./sent-request.js";
import { shellWords } from "./shell-words.js";

/**
 * Reads a command line as it is pasted, with or without the prompt's `$`. Files that it names are read.
 *
 * @throws UsageError when it is none, or does what is not understood here
 */
export function curlRequest(command: string): SentRequest {
  const words = shellWords(command);
  if (words[0] === "$") words.shift();
  if (!/(^|\/)curl(\.exe)?$/.test(words.shift() ?? "")) {
    throw new UsageError("this is not a curl command: it does not begin with curl");
  }
  const options = curlOptions(words);
  const has = (name: string) => options.some(([known]) => known === name);
  const data = dataOf(options);
  const toUrl = has("get");
  const method =
    lastOf(options, "request") ?? (has("head") ? "HEAD" : data === undefined || toUrl ? "GET" : "POST");
  const url = urlOf(options);
  if (data === undefined || toUrl) {
    return { method, url: withQuery(url, data), headers: headersOf(options, []), body: undefined };
  }
  const json: HeaderList = [
    ["Content-Type", "application/json"],
    ["Accept", "application/json"],
  ];
  const form: HeaderList = [["Content-Type", "application/x-www-form-urlencoded"]];
  return { method, url, headers: headersOf(options, has("json") ? json : form), body: data };
}

function lastOf(options: readonly CurlOption[], name: string): string | undefined {
  return options.filter(([known]) => known === name).at(-1)?.[1];
}

function urlOf(options: readonly CurlOption[]): string {
  const [url, ...others] = options.flatMap(([name, value]) => (name === "url" ? [value] : []));
  if (url === undefined) throw new UsageError("the curl command has no URL");
  if (others.length > 0) throw new UsageError("the curl command has more than one URL");
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
}

function withQuery(url: string, data: Uint8Array | undefined): string {
  if (data === undefined || data.length === 0) return url;
  const [bare = "", ...fragment] = url.split(/(?=#)/);
  return `${bare}${bare.includes("?") ? "&" : "?"}${Buffer.from(data)}${fragment.join("")}`;
}

/** What `-H` says, then the defaults that it leaves. */
function headersOf(options: readonly CurlOption[], defaults: HeaderList): HeaderList {
  const given = options.flatMap(([name, value]): readonly GivenHeader[] => {
    if (name === "header") return [givenHeader(value)];
    return name === "user-agent" || name === "referer" ? [[name, value]] : [];
  });
  const named = new Set(given.map(([name]) => name.toLowerCase()));
  return [
    ...given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ...defaults.filter(([name]) => !named.has(name.toLowerCase())),
  ];
}

/** A header, or the name of one that is not to be sent. */
type GivenHeader = readonly [name: string, value: string | undefined];

/** `Name: value`; `Name;` sends an empty value, `Name:` drops curl's own. */
function givenHeader(line: string): GivenHeader {
  if (line.startsWith("@")) throw new UsageError("headers out of a file are not understood here; write them");
  const colon = line.indexOf(":");
  if (colon < 0) return [line.replace(/;\s*$/, ""), line.trimEnd().endsWith(";") ? "" : undefined];
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim() || undefined];
}

/** All data as curl joins it: by `&`, JSON pieces by nothing. Nothing without a data option. */
function dataOf(options: readonly CurlOption[]): Uint8Array | undefined {
  let data: Buffer | undefined;
  for (const [name, value] of options) {
    const piece = DATA[name]?.(value);
    if (piece === undefined) continue;
    const separator = data === undefined || data.length === 0 || name === "json" ? "" : "&";
    data = Buffer.concat([data ?? Buffer.alloc(0), Buffer.from(separator), piece]);
  }
  return data;
}

const plain = (value: string) =>
  value.startsWith("@") ? withoutLineBreaks(file(value.slice(1))) : Buffer.from(value);
const binary = (value: string) => (value.startsWith("@") ? file(value.slice(1)) : Buffer.from(value));

const DATA: Readonly<Record<string, (value: string) => Buffer>> = {
  data: plain,
  "data-ascii": plain,
  "data-raw": (value) => Buffer.from(value),
  "data-binary": binary,
  json: binary,
  "data-urlencode": urlEncoded,
};

/** `text`, `=text`, `name=text`, `@file` or `name@file`. */
function urlEncoded(value: string): Buffer {
  const mark = value.includes("=") ? "=" : "@";
  const at = value.indexOf(mark);
  const [name, rest] = at < 0 ? ["", value] : [value.slice(0, at), value.slice(at + 1)];
  const content = mark === "@" && at >= 0 ? file(rest) : Buffer.from(rest);
  const encoded = Array.from(content, (byte) => {
    const character = String.fromCharCode(byte);
    if (character === " ") return "+";
    return /[A-Za-z0-9\-._~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  });
  return Buffer.from(`${name === "" ? "" : `${name}=`}${encoded.join("")}`);
}

/** As `-d` reads a file. */
function withoutLineBreaks(bytes: Buffer): Buffer {
  return Buffer.from(bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d && byte !== 0));
}

function file(path: string): Buffer {
  if (path === "-") throw new UsageError("data from standard input is not understood here; name a file");
  return givenFile(path);
}

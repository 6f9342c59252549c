/** curl's options, as far as they matter here or can be passed over (`man curl`). */

import { UsageError } from "./command.js";

/** An option by its long name, and its value; a URL that stands alone is `url`. */
export type CurlOption = readonly [name: string, value: string];

/** By letter, those that matter, and those that browsers and people often add. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ A: "user-agent", G: "get", H: "header", I: "head", X: "request", d: "data", e: "referer" },
  ...{ "0": "http1.0", "4": "ipv4", "6": "ipv6", "#": "progress-bar", L: "location", N: "no-buffer" },
  ...{ O: "remote-name", S: "show-error", f: "fail", g: "globoff", i: "include", k: "insecure", s: "silent" },
  ...{ v: "verbose", D: "dump-header", E: "cert", b: "cookie", c: "cookie-jar", m: "max-time", o: "output" },
  ...{ u: "user", w: "write-out", x: "proxy" },
};

const FLAGS = new Set(
  [
    "get head",
    "compressed fail fail-with-body globoff http1.0 http1.1 http2 http3 include insecure ipv4 ipv6 location",
    "no-buffer no-progress-meter path-as-is progress-bar remote-name show-error silent tlsv1.2 verbose",
  ].flatMap((names) => names.split(" ")),
);

const WITH_VALUE = new Set(
  [
    "data data-ascii data-binary data-raw data-urlencode header json referer request url user-agent",
    "cacert cert connect-timeout cookie cookie-jar dump-header key max-time output proxy resolve retry user write-out",
  ].flatMap((names) => names.split(" ")),
);

/**
 * The options of a command line, in their order.
 *
 * @param words what follows `curl`
 * @throws UsageError for an option that is not known here: whether a value follows it cannot be told
 */
export function curlOptions(words: readonly string[]): CurlOption[] {
  const options: CurlOption[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") options.push(...rest.splice(0).map((url) => ["url", url] as const));
    else if (word.startsWith("--")) options.push(long(word.slice(2), rest));
    else if (word.startsWith("-") && word !== "-") options.push(...short(word.slice(1), rest));
    else options.push(["url", word]);
  }
  return options;
}

function long(name: string, rest: string[]): CurlOption {
  if (FLAGS.has(name)) return [name, ""];
  return [name, valueFor(name, rest.shift())];
}

/** Letters may share a dash; what follows one that takes a value is its value. */
function short(letters: string, rest: string[]): CurlOption[] {
  const [letter = "", more] = [letters.charAt(0), letters.slice(1)];
  const name = LETTERS[letter] ?? letter;
  if (FLAGS.has(name)) return [[name, ""], ...(more === "" ? [] : short(more, rest))];
  return [[name, valueFor(name, more === "" ? rest.shift() : more)]];
}

function valueFor(name: string, value: string | undefined): string {
  if (!WITH_VALUE.has(name)) {
    const option = name.length === 1 ? `-${name}` : `--${name}`;
    throw new UsageError(`curl's option ${option} is not understood here; leave it out`);
  }
  if (value === undefined) throw new UsageError(`curl's option --${name} has no value`);
  return value;
}

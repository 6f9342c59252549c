import type { SignerOptions, SignRequest } from "tuya-auth/server";

import { Random } from "./random.js";

/** A random request, and the keys and options that sign it. */
export interface RandomRequest {
  readonly options: SignerOptions;
  readonly request: SignRequest & {
    readonly method: string;
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly signedHeaders: readonly string[];
    readonly t: number;
    readonly nonce: string;
  };
}

const FORM = "application/x-www-form-urlencoded";
const ORIGINS = [
  "https://openapi.tuyaeu.com",
  "HTTPS://openapi-ueaz.tuyaus.com:443",
  "http://127.0.0.1:8787",
  "http://[::1]",
] as const;
const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "get", "Post", "M-SEARCH"] as const;
const NAMES = ["area_id", "Call-ID", "x-A", "X!#$%&'*+-.^_`|~9", "lang"] as const;
/** Texts in which programs tend to err. */
const HARD = [
  "",
  " ",
  "a b",
  "a+b",
  "%",
  "%41",
  "&=?#/",
  "\\",
  "\r\n",
  "\0",
  "ünï",
  "\ufffd",
  "\uffff",
  "𝒯😀",
] as const;
const KEYS = ["", "a", "A", "aa", "a b", "code", "é", "\uffff", "😀", "b&c=d"] as const;
/** What may stand in a path as it is (RFC 3986, section 3.3). */
const IN_PATH = /[A-Za-z0-9\-._~!$&'()*+,;=:@]/;
/** What may stand in a query; clients escape some of it on the way. */
const IN_QUERY = /[A-Za-z0-9\-._~!$'()*,;:@/?|[\]{}"<>`^ =é中\uffff😀]/u;

/** The request of this number, such as any HTTP client could send. */
export function randomRequest(seed: number): RandomRequest {
  const random = new Random(seed);
  const url = randomUrl(random);
  const headers: Record<string, string> = {};
  const signedHeaders = NAMES.filter(() => random.once(4)).sort(() => random.below(3) - 1);
  for (const name of signedHeaders)
    headers[name] = random.of(["", "29a33e8796834b1efa6", 'a \t:b,  c="d"; ~', random.graphic(80)]);
  const body = randomBody(random, headers);
  const isTokenCall = url.includes("/v1.0/token");
  return {
    options: {
      clientId: random.graphic(40),
      secret: random.graphic(140),
      identifier: random.once(2) ? random.graphic(60) : undefined,
      algorithm: random.once(8) ? "legacy" : "current",
      pathEncoding: random.of(["as-written", "decoded"]),
      allowRepeatedKeys: !random.once(4),
    },
    request: {
      method: random.of(METHODS),
      url,
      headers,
      signedHeaders,
      body,
      accessToken: isTokenCall || random.once(2) ? undefined : random.graphic(200),
      t: 1e12 + random.below(2 ** 31) * 4000 + random.below(4000),
      nonce: random.once(4) ? "" : random.graphic(50),
    },
  };
}

/** Absolute, or beginning with its path. */
function randomUrl(random: Random): string {
  const origin = random.once(2) ? "" : random.of(ORIGINS);
  const fixed = ["/v1.0/token", "/v1.0/token/refresh0token", "/", origin === "" ? "/" : ""] as const;
  const path = random.once(4) ? random.of(fixed) : randomPath(random);
  const query = random.once(8) ? "" : `?${randomPairs(random, IN_QUERY)}`;
  // URL parsers strip spaces at the end.
  return `${origin}${path}${query.replace(/ +$/, "")}${random.once(8) ? "#x?y=1/#" : ""}`;
}

/** Segments that are neither dot segments nor empty. */
function randomPath(random: Random): string {
  const segment = () => {
    const text = random.once(3) ? random.of(["v1.0", "devices", "...", ".a", ...HARD]) : random.text();
    return text === "" || text === "." || text === ".." ? "/s" : `/${escaped(random, text, IN_PATH)}`;
  };
  return random.list(1 + random.below(5), segment).join("");
}

/** Pairs as some program writes them, with the irregularities that decoders must bear. */
function randomPairs(random: Random, plain: RegExp): string {
  return random
    .list(random.below(7), () => {
      const key = escaped(random, random.once(3) ? random.text() : random.of(KEYS), plain).replaceAll(
        "=",
        "%3d",
      );
      const value = escaped(random, random.once(2) ? random.text() : random.of(HARD), plain);
      const pair = value === "" && random.once(2) ? key : `${key}=${value}`;
      return random.once(10) ? `${pair}&` : pair;
    })
    .join("&");
}

/** Escapes what must be escaped, by chance some more, in digits of either case; a query's space may be a plus. */
function escaped(random: Random, text: string, plain: RegExp): string {
  let written = "";
  for (const character of text) {
    if (character === " " && plain === IN_QUERY && random.once(2)) written += "+";
    else if (plain.test(character) && !random.once(8)) written += character;
    else written += escapeOf(character, random.once(2));
  }
  return written;
}

function escapeOf(character: string, inUpperCase: boolean): string {
  const hex = Buffer.from(character).toString("hex").replace(/../g, "%$&");
  return inUpperCase ? hex.toUpperCase() : hex;
}

/** None, JSON, bytes or a form, in each of the types that hold one. */
function randomBody(random: Random, headers: Record<string, string>): SignRequest["body"] {
  const encode = (text: string) => (random.once(2) ? text : new TextEncoder().encode(text));
  switch (random.below(7)) {
    case 0:
      headers["Content-Type"] = "application/json";
      return encode(JSON.stringify({ commands: [{ code: random.text(), value: true }] }));
    case 1:
      return Uint8Array.from(random.list(random.below(300), () => random.below(256)));
    case 2:
      return encode("");
    case 3:
      headers["Content-Type"] = random.of([FORM, `${FORM};charset=UTF-8`, FORM.toUpperCase()]);
      return encode(randomPairs(random, /[A-Za-z0-9\-._*!'()~\ufeff]/));
    case 4:
      return new URLSearchParams(random.list(random.below(5), () => [random.text(), random.text()]));
    default:
      return undefined;
  }
}

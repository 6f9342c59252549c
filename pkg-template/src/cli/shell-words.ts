/** Shell words (POSIX shell command language, section 2.2, and bash's `$'…'`): reading them, and writing one. */

import { UsageError } from "./command.js";

/** A piece of a command line: what it looks like, and what it adds to the word that it is part of. */
type Piece = readonly [form: RegExp, text: (inside: string) => string];

/** In the order in which they are tried. */
const PIECES: readonly Piece[] = [
  [/\\\r?\n/y, () => ""],
  [/\\([^\r\n])/y, (character) => character],
  [/'([^']*)'/y, (text) => text],
  [/\$'((?:[^'\\]|\\.)*)'/sy, unescaped],
  [/\$?"((?:[^"\\]|\\.)*)"/sy, unquoted],
  [/([^\s'"\\$`|&;<>()]+)/y, (text) => text],
  [/\$(?![\w({@*#?!'"-])/y, () => "$"],
];

const BLANK = /(?:[ \t]|\\\r?\n)+/y;
const COMMENT = /#[^\n]*/y;

/**
 * The words of one command, as a shell would hand them on.
 *
 * @throws UsageError for what only a shell can do (variables, pipes, a second command) and for quotes left open
 */
export function shellWords(command: string): string[] {
  const text = command.trim();
  const words: string[] = [];
  let at = 0;
  const taken = (form: RegExp): RegExpExecArray | null => {
    form.lastIndex = at;
    const match = form.exec(text);
    if (match !== null) at = form.lastIndex;
    return match;
  };
  while (at < text.length) {
    if (taken(BLANK) !== null || taken(COMMENT) !== null) continue;
    let word: string | undefined;
    for (let piece = pieceAt(taken); piece !== undefined; piece = pieceAt(taken)) word = (word ?? "") + piece;
    if (word === undefined) throw refusal(text, at);
    words.push(word);
  }
  return words;
}

/** A word that a POSIX shell reads back as `text`. */
export function shellQuoted(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function pieceAt(taken: (form: RegExp) => RegExpExecArray | null): string | undefined {
  for (const [form, text] of PIECES) {
    const match = taken(form);
    if (match !== null) return text(match[1] ?? "");
  }
  return undefined;
}

/** Why the character cannot begin or go on with a word. */
function refusal(text: string, at: number): UsageError {
  const where = `at character ${at + 1}`;
  const character = text.charAt(at);
  if (/^\$?['"]/.test(text.slice(at))) return new UsageError(`a quote is left open ${where}`);
  if (character === "\\") return new UsageError(`a backslash stands at the end ${where}`);
  if (character === "$" || character === "`") {
    return new UsageError(`only a shell can fill in what begins with ${character} ${where}; write the value`);
  }
  const shown = /\s/.test(character) ? "a line break" : `an unquoted ${character}`;
  return new UsageError(`${shown} ${where} ends the command; quote it, or leave out what follows`);
}

/** Inside double quotes a backslash takes the meaning from `$`, backquote, `"`, itself and a line break only. */
function unquoted(inside: string): string {
  if (/(?<!\\)(?:\\\\)*(?:\$[\w({@*#?!-]|`)/.test(inside)) {
    throw new UsageError("only a shell can fill in a variable or command in double quotes; write the value");
  }
  return inside.replace(/\\([$`"\\])|\\\r?\n/g, (_whole, character: string | undefined) => character ?? "");
}

const CONTROLS: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  E: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};
const ESCAPE = /\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c(.)|(.))/gs;

/**
 * The inside of `$'…'`. Hexadecimal and octal escapes are bytes, which together must be UTF-8; browsers write
 * characters beyond U+FFFF as two `\u` escapes.
 *
 * @throws UsageError when they are not text
 */
function unescaped(inside: string): string {
  const parts: (string | number)[] = [];
  let end = 0;
  for (const match of inside.matchAll(ESCAPE)) {
    parts.push(inside.slice(end, match.index), escaped(match));
    end = match.index + match[0].length;
  }
  parts.push(inside.slice(end));
  return joined(parts);
}

/** What an escape stands for: text, or one byte. */
function escaped([whole, hex, octal, unit, point, control, other = ""]: RegExpExecArray): string | number {
  if (hex !== undefined) return Number.parseInt(hex, 16);
  if (octal !== undefined) return Number.parseInt(octal, 8) & 0xff;
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  if (point !== undefined) return character(Number.parseInt(point, 16));
  if (control !== undefined) return control.toUpperCase().charCodeAt(0) & 0x1f;
  return CONTROLS[other] ?? (/['"\\?]/.test(other) ? other : whole);
}

function character(point: number): string {
  if (point > 0x10ffff) throw new UsageError("an escape \\U stands for no character");
  return String.fromCodePoint(point);
}

/** Texts and bytes as one text. */
function joined(parts: readonly (string | number)[]): string {
  const chunks: Uint8Array[] = [];
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") text += part;
    else {
      chunks.push(Buffer.from(text), Uint8Array.of(part));
      text = "";
    }
  }
  chunks.push(Buffer.from(text));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError("the escapes in $'…' do not make text");
  }
}

/** Longest path that is accepted, in characters. */
const MAX_LENGTH = 2048;

/**
 * Checks that text is a path of the origin and nothing else, so that a redirect to it cannot leave the origin.
 *
 * @param text after query decoding
 * @returns the path as a URL parser reads it, with query and fragment; `undefined` for absolute and
 * scheme-relative addresses (`//`, `/\`, or `/.//`, which becomes one), backslashes, control characters and whatever
 * is over-long
 */
export function localPath(text: string, origin: string): string | undefined {
  if (text.length > MAX_LENGTH || !text.startsWith("/") || hasUnsafeCharacter(text)) return undefined;
  if (!URL.canParse(text, origin)) return undefined;
  const url = new URL(text, origin);
  if (url.origin !== origin || url.pathname.startsWith("//")) return undefined;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Control characters are dropped by browsers and backslashes read as slashes: either makes `//` out of less. */
function hasUnsafeCharacter(text: string): boolean {
  return [...text].some((character) => character <= "\x1f" || character === "\x7f" || character === "\\");
}

/** The path with a query parameter set; its other parameters and its fragment stay. */
export function withParameter(path: string, origin: string, name: string, value: string): string {
  const url = new URL(path, origin);
  url.searchParams.set(name, value);
  return `${url.pathname}${url.search}${url.hash}`;
}

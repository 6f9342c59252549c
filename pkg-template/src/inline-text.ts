/** The places on a page; the alphabet ends with the marks of the pages after the first. */
const PLACES = 87;
const ALPHABET = PLACES + 2;

/** How long the alphabet and the first page are. */
const HEAD = ALPHABET + 2 * PLACES;

/**
 * The bytes that a module's text stands for. `xtask/src/build/text.rs` makes such texts, and says how: an alphabet, the
 * page of the frequent bytes, then each byte's place on its page.
 */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const characters = new TextEncoder().encode(text); // a list of numbers is read faster than a text
  const places = new Uint8Array(128);
  for (const [place, character] of characters.subarray(0, ALPHABET).entries()) places[character] = place;
  const pages = pagesOf(text.slice(ALPHABET, HEAD));
  const placeAt = (at: number) => places[characters[at] ?? 0] ?? 0;

  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = HEAD; at < characters.length; at += 1) {
    let place = placeAt(at);
    if (place >= PLACES) {
      at += 1;
      place = (place - PLACES + 1) * PLACES + placeAt(at);
    }
    bytes[length++] = pages[place] ?? 0;
  }
  return bytes.subarray(0, length);
}

/** All bytes, page after page: the frequent ones, then the others in order. */
function pagesOf(digits: string): Uint8Array {
  const pages = new Set<number>();
  for (let at = 0; at < digits.length; at += 2) pages.add(Number.parseInt(digits.slice(at, at + 2), 16));
  for (let byte = 0; byte < 256; byte += 1) pages.add(byte);
  return Uint8Array.from(pages);
}

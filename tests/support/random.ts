/** Random numbers, texts and choices out of a seed: the same on every machine. */
export class Random {
  #state: number;

  /** @param seed a whole number below 2^32 */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to below `limit`: Marsaglia's xorshift over a Weyl sequence. */
  below(limit: number): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % limit;
  }

  /** Whether a thing happens that does so once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of a few. */
  of<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }

  /** As many as `count` says. */
  list<T>(count: number, make: () => T): T[] {
    const made: T[] = [];
    while (made.length < count) made.push(make());
    return made;
  }

  /** Printable ASCII without spaces, of 1 to `longest` characters. */
  graphic(longest: number): string {
    return String.fromCharCode(...this.list(1 + this.below(longest), () => 33 + this.below(94)));
  }

  /** Characters of every length in UTF-8 and UTF-16, marks, controls and unpaired surrogates. */
  text(): string {
    let text = "";
    for (let length = this.below(10); length > 0; length -= 1) {
      const [first, count] = this.of(RANGES);
      text += String.fromCodePoint(first + this.below(count));
    }
    return text;
  }
}

/** First code point, and how many. */
const RANGES: readonly [[number, number], ...[number, number][]] = [
  [0x30, 10],
  [0x41, 26],
  [0x61, 26],
  [0, 0x80],
  [0x80, 0x780],
  [0x800, 0xf800],
  [0x10000, 0x100000],
];

/** Places where a test holds whoever passes. */

/** One hold. */
export interface Held {
  /** Resolves when the first one has come to the gate. */
  readonly reached: Promise<void>;
  /** Lets them go, and holds no more. */
  release(): void;
}

interface Gate {
  readonly place: RegExp;
  readonly open: Promise<void>;
  reached(): void;
}

/** The gates of one test. */
export class Gates {
  readonly #gates = new Set<Gate>();

  /** Holds whoever passes a place that matches, from now on. */
  hold(place: RegExp): Held {
    let [reach, open] = [() => {}, () => {}];
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const gate: Gate = {
      place,
      reached: reach,
      open: new Promise<void>((resolve) => {
        open = resolve;
      }),
    };
    this.#gates.add(gate);
    return {
      reached,
      release: () => {
        this.#gates.delete(gate);
        open();
      },
    };
  }

  /** Passes a place: resolves at once where nobody holds it. */
  async pass(place: string): Promise<void> {
    for (const gate of this.#gates) {
      if (!gate.place.test(place)) continue;
      gate.reached();
      await gate.open;
    }
  }
}

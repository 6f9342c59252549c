/** Places where a test holds whoever passes. */

/** One hold. */
export interface Held {
  /** Resolves when the first one has come to the gate. */
  readonly reached: Promise<void>;
  /** Lets them go, and holds no more. */
  release(): void;
}

/** A hold that may end otherwise. */
export interface Hold extends Held {
  /** Turns them away, and holds no more. */
  refuse(): void;
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
  hold(place: RegExp): Hold {
    let reach = () => {};
    let open = () => {};
    let shut = (_reason: Error) => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const gate: Gate = {
      place,
      reached: reach,
      open: new Promise<void>((resolve, reject) => {
        open = resolve;
        shut = reject;
      }),
    };
    // Who is not there yet when it shuts is not turned away.
    gate.open.catch(() => undefined);
    this.#gates.add(gate);
    const end = (how: () => void) => () => {
      this.#gates.delete(gate);
      how();
    };
    return { reached, release: end(open), refuse: end(() => shut(new Error(`turned away at ${place}`))) };
  }

  /** Passes a place: resolves at once where nobody holds it, and rejects for whoever is turned away. */
  async pass(place: string): Promise<void> {
    for (const gate of this.#gates) {
      if (!gate.place.test(place)) continue;
      gate.reached();
      await gate.open;
    }
  }
}

/** What clients know of a cloud: what it acknowledged, and what they asked for without hearing how it ended. */

/** How a code or a pair of tokens stands. `unknown`: it was used, and the answer did not come. */
export type Standing = "live" | "spent" | "unknown";

/** A code of the authorization page that a client received. */
export interface Code {
  readonly value: string;
  standing: Standing;
  /** The round in which it stood so first. */
  since: number;
}

/** An access token and its refresh token. */
export interface Pair {
  readonly access: string;
  readonly refresh: string;
  standing: Standing;
  since: number;
}

/** A project that the console acknowledged. */
export interface Project {
  readonly id: string;
  readonly clientId: string;
  readonly secret: string;
  name: string;
  /** The name that was asked for last, when the answer did not come. */
  asked?: string | undefined;
  /** Whether a client is at it. */
  busy: boolean;
}

/** All that the clients of one test know. */
export class Ledger {
  readonly codes: Code[] = [];
  readonly pairs: Pair[] = [];
  readonly projects: Project[] = [];
  /** The names of projects whose making was not acknowledged. */
  readonly askedProjects = new Set<string>();
  /** How many answers of each kind came whole. */
  readonly acknowledged: Record<string, number> = {};
  /** How many calls broke off. */
  broken = 0;
  round = 0;

  #awaited: { answers: number; arrived: () => void } | undefined;

  count(kind: string): void {
    this.acknowledged[kind] = (this.acknowledged[kind] ?? 0) + 1;
    if (this.#awaited === undefined) return;
    this.#awaited.answers -= 1;
    if (this.#awaited.answers <= 0) this.#awaited.arrived();
  }

  /** Resolves when so many more calls were acknowledged. */
  more(answers: number): Promise<void> {
    return new Promise((arrived) => {
      this.#awaited = { answers, arrived };
    });
  }

  addCode(value: string): void {
    this.codes.push({ value, standing: "live", since: this.round });
  }

  addPair(access: string, refresh: string): void {
    this.pairs.push({ access, refresh, standing: "live", since: this.round });
  }

  set(item: Code | Pair, standing: Standing): void {
    item.standing = standing;
    item.since = this.round;
  }
}

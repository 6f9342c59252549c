import { Browser } from "../../www/demo/browser.js";
import type { Page } from "../../www/demo/page.js";
import { type LinkStyle, linkedUser, obtain } from "../support/link-styles.js";
import type { Random } from "../support/random.js";

/** What a person does with the application. */
export type Deed = "link" | "call" | "refresh";

/** Where people live. */
export interface World {
  /** The application's origin. */
  readonly origin: string;
  /** Lets the person's access token expire, so that the next call must refresh it. */
  expire(uid: string): Promise<void>;
  /** When the cloud last rotated the person's tokens, by `performance.now()`; 0 for never. */
  rotatedAt(uid: string): number;
}

/** A person with an account of his own and a browser, and what the application has told that browser. */
export class Person {
  readonly #world: World;
  readonly #style: LinkStyle;
  #browser = new Browser();
  /** Whether the application has said "linked", and not "link again" since. */
  isTold = false;
  /** When it last answered a call with data, by `performance.now()`: what the cloud had rotated by then is stored. */
  #servedAt = 0;
  /** What was under way when the worker was killed. */
  broken: Deed | undefined;

  constructor(world: World, style: LinkStyle) {
    this.#world = world;
    this.#style = style;
  }

  get uid(): string {
    return this.#style.account.uid;
  }

  /** Does one thing after the other until the worker is gone, and then nothing any more answers. */
  async live(random: Random, isGone: () => boolean, done: (deed: Deed) => void): Promise<void> {
    this.broken = undefined;
    while (!isGone()) {
      const deed = this.isTold ? random.of<Deed>(["refresh", "refresh", "call", "call", "link"]) : "link";
      try {
        await (deed === "link" ? this.#link() : this.#call(deed === "refresh"));
        done(deed);
      } catch (error) {
        this.broken = deed;
        if (!isGone()) throw error;
      }
    }
  }

  async #link(): Promise<void> {
    const answer = await this.#style.deliver(this.#browser, await obtain(this.#style, this.#browser));
    const isLinked = answer.status === 200 || answer.redirect === `${this.#world.origin}/`;
    if (!isLinked) throw new Error(`the link failed: ${answer.status} ${answer.redirect} ${answer.text}`);
    this.isTold = true;
  }

  async #call(expired: boolean): Promise<void> {
    if (expired) await this.#world.expire(this.uid);
    const answer = await this.#devices();
    if (answer.status !== 200) throw new Error(`the call failed: ${answer.status} ${answer.text}`);
  }

  async #devices(): Promise<Page> {
    const { origin } = this.#world;
    const answer = await this.#browser.fetch(`${origin}/`, "GET", "/auth/api/v1.0/users/me/devices");
    if (answer.status === 200) this.#servedAt = performance.now();
    return answer;
  }

  /**
   * Sees whether what the application has told is still so.
   *
   * @returns `"lost"` when the tokens are, since the cloud had rotated them and the answer did not come to be stored; the
   * person links again then
   * @throws Error when it is not so for any other reason
   */
  async check(): Promise<"kept" | "lost"> {
    const uid = await linkedUser(this.#browser, this.#world.origin);
    if (uid !== this.uid) throw new Error(`${this.uid} was told "linked", and the session says ${uid}`);
    const answer = await this.#devices();
    if (answer.status === 200) return "kept";
    const rotated = this.#world.rotatedAt(this.uid) > this.#servedAt;
    if (answer.status !== 409 || !/"relink_required"/.test(answer.text) || !rotated) {
      throw new Error(`${this.uid} was told "linked", and a call gets ${answer.status} ${answer.text}`);
    }
    this.isTold = false;
    return "lost";
  }
}

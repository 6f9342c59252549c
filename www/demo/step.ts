/** Runs the demo's steps one after the other, and says of each whether it held. */

import { toFailure } from "./failure.js";

/** The steps of the demo; `register` with the real cloud only, `login` to `refresh` with the local one. */
export type StepName =
  | "cloud"
  | "worker"
  | "page"
  | "login"
  | "consent"
  | "callback"
  | "exchange"
  | "call"
  | "refresh"
  | "register"
  | "done";

/** What a step found out, to be shown. Never holds a secret, a token or a code. */
export type Facts = Record<string, string | number>;

/** What is said of a step. `ms` is how long it took. */
export type StepReport =
  | { step: StepName; ok: true; ms: number; facts: Facts }
  | { step: StepName; ok: false; ms: number; code: string; message: string };

/** Thrown once a step has not held and was reported. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
}

/** What the caller is told and may do around each step. */
export interface StepHooks {
  /** Called with the report of each step once it is over. */
  report(report: StepReport): void;
  /** Called before each step; what it throws fails the step. */
  before?(step: StepName): void | Promise<void>;
}

/** Runs steps by name, and reports each. */
export class Steps {
  readonly #hooks: StepHooks;

  constructor(hooks: StepHooks) {
    this.#hooks = hooks;
  }

  /**
   * Runs a step and reports it.
   *
   * @param facts what the report shows of the result
   * @throws StepFailed after a report with the failure's code
   */
  async run<T>(step: StepName, action: () => Promise<T>, facts: (result: T) => Facts): Promise<T> {
    const start = performance.now();
    const ms = () => Math.round(performance.now() - start);
    try {
      await this.#hooks.before?.(step);
      const result = await action();
      this.#hooks.report({ step, ok: true, ms: ms(), facts: facts(result) });
      return result;
    } catch (thrown) {
      const { code, message } = toFailure(thrown);
      this.#hooks.report({ step, ok: false, ms: ms(), code, message });
      throw new StepFailed(step, { cause: thrown });
    }
  }
}

/**
 * Lets one task run at a time. A task that finds nobody before it starts at once and waits for no other task's
 * promise: on workerd those may belong to a request that has ended.
 */
export class Turns {
  #current: Promise<void> | undefined;

  /** Runs the task when all before it have ended, however they ended. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    while (this.#current !== undefined) await this.#current;
    let end = () => {};
    this.#current = new Promise((resolve) => {
      end = resolve;
    });
    try {
      return await task();
    } finally {
      this.#current = undefined;
      end();
    }
  }
}

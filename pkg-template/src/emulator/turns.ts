/**
 * Lets one task run at a time, in the order in which they came. A task that finds nobody before it starts at once and
 * waits for no other task's promise: on workerd those may belong to a request that has ended.
 */
export class Turns {
  /** The end of the task that runs; of the last one, as long as somebody waits for it who has not begun. */
  #current: Promise<void> | undefined;
  #waiting = 0;

  /** Runs the task when all before it have ended, however they ended. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    for (let before = this.#current; before !== undefined; before = this.#current) {
      this.#waiting += 1;
      await before;
      this.#waiting -= 1;
      // Whoever has waited longest finds it so, and goes on.
      if (this.#current === before) break;
    }
    let end = () => {};
    this.#current = new Promise((resolve) => {
      end = resolve;
    });
    try {
      return await task();
    } finally {
      if (this.#waiting === 0) this.#current = undefined;
      end();
    }
  }
}

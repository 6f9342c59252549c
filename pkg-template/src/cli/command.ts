/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /**
   * Runs until the command is done. Throws {@link UsageError} when it was called wrongly.
   *
   * @returns the exit status
   */
  run(args: readonly string[]): Promise<number>;
}

/** The command was called wrongly: exit status 2. */
export class UsageError extends Error {}

/** Runs `use`; a caller's mistake that the package finds is then one of the command's caller. */
export function mistakesAsUsage<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw error instanceof TypeError && "code" in error ? new UsageError(error.message) : error;
  }
}

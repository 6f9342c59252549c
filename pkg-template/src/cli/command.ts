/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /** Runs until the command is done. Throws {@link UsageError} when it was called wrongly. */
  run(args: readonly string[]): Promise<void>;
}

/** The command was called wrongly: exit status 2. */
export class UsageError extends Error {}

/** How the demo fails: with a stable code, and a message that holds no secret, token or code. */

/** A step that did not hold, or a demo that could not be set up. */
export class DemoFailure extends Error {
  override readonly name = "DemoFailure";
  /** One of the package's error codes, or the demo's own, such as `port_taken` or `unexpected_answer`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whatever was thrown, as a failure with a code. */
export function toFailure(thrown: unknown): DemoFailure {
  if (thrown instanceof DemoFailure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DemoFailure("unexpected", message, { cause: thrown });
}

/** Throws `unexpected_answer` with `message` unless `condition` holds. */
export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new DemoFailure("unexpected_answer", message);
}

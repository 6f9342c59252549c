/** One thing that must hold in every runtime. */
export interface Check {
  readonly name: string;
  run(): void | Promise<void>;
}

/** Checks of one part of the package: a column of the table in `docs/runtimes.md`. */
export interface Group {
  readonly name: string;
  readonly checks: readonly Check[];
  /** Why this part cannot be used in the runtime that asks; `undefined` where it can. */
  unsuited?(): string | undefined;
}

/** What became of a check. */
export interface Outcome {
  readonly group: string;
  readonly name: string;
  readonly ok: boolean;
  /** Of a failed check. */
  readonly error?: string;
  /** Of a check that was left out: why its group cannot be used here. */
  readonly unsuited?: string;
}

/** A check by name. */
export function check(name: string, run: Check["run"]): Check {
  return { name, run };
}

/** Runs groups one check after another, and lets none end the run. */
export async function runGroups(groups: readonly Group[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name: group, checks, unsuited } of groups) {
    const reason = unsuited?.();
    for (const { name, run } of checks) {
      if (reason === undefined) outcomes.push({ group, name, ...(await attempt(run)) });
      else outcomes.push({ group, name, ok: true, unsuited: reason });
    }
  }
  return outcomes;
}

async function attempt(run: Check["run"]): Promise<{ ok: boolean; error?: string }> {
  try {
    await run();
    return { ok: true };
  } catch (error) {
    return { ok: false, error: describe(error) };
  }
}

/** The error with the place it comes from; only some engines name the error in its stack. */
function describe(error: unknown): string {
  const { stack = "" } = error instanceof Error ? error : {};
  return stack.includes(String(error)) ? stack : `${error}\n${stack}`;
}

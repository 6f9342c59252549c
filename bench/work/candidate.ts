/** What is measured, in terms that every runtime shares: work, in ways that must come to the same. */

/** The candidate that all others are compared with. */
export const OURS = "tuya-auth";

/** The same with a nonce of 36 characters that is not drawn. */
export const OURS_GIVEN = "tuya-auth, nonce not drawn";

/** One way to do the work; its result counts, so that no engine leaves the work out. */
export interface Candidate {
  readonly name: string;
  /** Gives the result, or a promise of it where the way has no other. */
  readonly run: () => unknown;
  /** Whether `run` gives a promise. */
  readonly isAsync?: boolean;
}

/** One table of the report: candidates that were seen to come to the same. */
export interface Prepared {
  readonly candidates: readonly Candidate[];
  /** Those that do not run here, with the reason. */
  readonly absent?: Readonly<Record<string, string>>;
  /** What the work comes to, equal wherever it runs; absent where it depends on the clock or on chance. */
  readonly proof?: string | undefined;
}

/** The tables that a runtime can fill, by their ids; each is prepared when it is asked for. */
export type Tables = Readonly<Record<string, () => Promise<Prepared>>>;

/** What one runtime offers to whoever takes the time. */
export interface Stage {
  /** The names of a table's candidates, and the table's proof. */
  open(table: string): Promise<Opened>;
  /** Runs a candidate so many times, one after the other. */
  repeat(table: string, name: string, runs: number): Promise<void>;
}

/** What {@link Stage.open} gives. */
export interface Opened {
  readonly names: readonly string[];
  readonly absent: Readonly<Record<string, string>>;
  /** What the work comes to, equal wherever it runs; absent where it depends on the clock or on chance. */
  readonly proof: string | undefined;
}

/** Puts tables on stage. */
export function stage(tables: Tables): Stage {
  const opened = new Map<string, Promise<Prepared>>();
  const prepare = (table: string): Promise<Prepared> => {
    const make = tables[table];
    if (make === undefined) return Promise.resolve({ candidates: [] });
    const prepared = opened.get(table) ?? make();
    opened.set(table, prepared);
    return prepared;
  };
  return {
    async open(table) {
      const { candidates, absent = {}, proof } = await prepare(table);
      return { names: candidates.map(({ name }) => name), absent, proof };
    },
    async repeat(table, name, runs) {
      const { candidates } = await prepare(table);
      const candidate = candidates.find((one) => one.name === name);
      if (candidate === undefined) throw new Error(`no candidate ${name} for ${table}`);
      const last = candidate.isAsync ? await repeatAsync(candidate, runs) : repeatSync(candidate, runs);
      if (runs > 0 && last === undefined) throw new Error(`${name} gave nothing`);
    },
  };
}

function repeatSync({ run }: Candidate, runs: number): unknown {
  let last: unknown;
  for (let at = 0; at < runs; at += 1) last = run();
  return last;
}

async function repeatAsync({ run }: Candidate, runs: number): Promise<unknown> {
  let last: unknown;
  for (let at = 0; at < runs; at += 1) last = await run();
  return last;
}

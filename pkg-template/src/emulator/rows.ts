/** One row of a cloud's state. */
export interface Row {
  readonly key: string;
  /** JSON text; null removes the row. */
  readonly value: string | null;
}

/** Where a cloud keeps its rows. */
export interface RowStorage {
  /** All rows; none for a new cloud, which then begins with its seed. */
  load(): readonly Row[] | Promise<readonly Row[]>;
  /** Writes and removes rows, all of them or none. The answer of a request waits for it. */
  save(rows: readonly Row[]): void | Promise<void>;
}

/** Rows in this process's memory. */
export function memoryRows(): RowStorage {
  const values = new Map<string, string>();
  return {
    load: () => [...values].map(([key, value]) => ({ key, value })),
    save(rows) {
      for (const { key, value } of rows) {
        if (value === null) values.delete(key);
        else values.set(key, value);
      }
    },
  };
}

/** A person who stops a command. */

/** What ends a wait: Ctrl-C, the system, or that nobody came. */
export interface Stop {
  readonly signal: AbortSignal;
  /** Leaves the process to itself again. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Listens for the process being told to end, for at most this many minutes. */
export function onStop(minutes: number): Stop {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Error("stopped"));
  for (const signal of SIGNALS) process.once(signal, stop);
  const late = () => stopping.abort(new Error(`nobody came back within ${minutes} minutes`));
  const timer = setTimeout(late, minutes * 60_000);
  return {
    signal: stopping.signal,
    release() {
      clearTimeout(timer);
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}

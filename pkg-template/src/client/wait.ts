import { failure } from "../failure.js";
import type { WaitOptions } from "./options.js";
import { joined } from "./signals.js";

/**
 * Runs work that may take `ms` at most, and that `signal` ends. The wait ends then even if the work does not heed the
 * signal that it is given.
 *
 * @throws `TuyaAuthError` of code `timeout`, or the signal's reason
 */
export function withDeadline<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(failure("timeout")), ms);
  // An answer whose body is still being read when the work is done must end with the caller's signal, too.
  const ended = joined([late.signal, signal]) ?? late.signal;
  return until(ended, () => work(ended)).finally(() => clearTimeout(timer));
}

/**
 * Runs work that goes on whatever becomes of its caller: `waitUntil` is told of it before it begins, and the signal
 * ends only the wait.
 */
export function detached<T>(work: () => Promise<T>, { waitUntil, signal }: WaitOptions): Promise<T> {
  const running = Promise.resolve().then(work);
  // Nobody else may hear of a failure: a wait that has ended already does not.
  const settled = running.catch(() => undefined);
  waitUntil?.(settled);
  return until(signal, () => running);
}

/** A pause of `ms`, which the signal ends by its reason. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slept = () =>
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
  return until(signal, slept).finally(() => clearTimeout(timer));
}

/** Waits for work until the signal ends the wait. */
function until<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (signal === undefined) return work();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}

/**
 * A signal that aborts as soon as one of the given ones does, for the same reason.
 *
 * @param over ends that, so that what lives longer than the work keeps nothing of it; where the runtime joins signals, it
 * sees to that by itself
 */
export function joined(
  given: readonly (AbortSignal | undefined)[],
  over?: AbortSignal,
): AbortSignal | undefined {
  const signals = given.filter((signal) => signal !== undefined);
  // Vercel's edge runtime has none.
  if (AbortSignal.any !== undefined) return signals.length < 2 ? signals[0] : AbortSignal.any(signals);
  const joint = new AbortController();
  for (const signal of signals) {
    const abort = () => joint.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, over && { signal: over });
  }
  return joint.signal;
}

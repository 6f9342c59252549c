/** A signal that aborts as soon as one of the two does, for the same reason. */
export function either(one: AbortSignal, other: AbortSignal): AbortSignal {
  // Vercel's edge runtime has none.
  if (AbortSignal.any !== undefined) return AbortSignal.any([one, other]);
  const joined = new AbortController();
  for (const signal of [one, other]) {
    const abort = () => joined.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true, signal: joined.signal });
  }
  return joined.signal;
}

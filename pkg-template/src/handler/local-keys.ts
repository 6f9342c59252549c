/**
 * A copy of an answer without its `local_key`s, at whatever depth: with one, anybody on the device's network controls
 * the device.
 */
export function withoutLocalKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalKeys);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== "local_key" && name !== "localKey");
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutLocalKeys(inner)]));
}

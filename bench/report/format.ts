/** Numbers for people. */

/** A time in µs, with three digits that count: `2.71 µs`, `5.43 ms`. */
export function time(microseconds: number): string {
  return microseconds < 1000 ? `${digits(microseconds)} µs` : `${digits(microseconds / 1000)} ms`;
}

/** Lower and upper quartile in the unit of {@link time}. */
export function spread(median: number, [low, high]: readonly [number, number]): string {
  const scale = median < 1000 ? 1 : 1000;
  return `${digits(low / scale)}–${digits(high / scale)}`;
}

/** Three digits that count, never as a power. */
function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** A ratio: `0.35 ×`. */
export function times(value: number): string {
  return `${short(value)} ×`;
}

/** Two digits that count, never as a power. */
export function short(value: number): string {
  return value < 10 ? value.toPrecision(2) : value.toFixed(0);
}

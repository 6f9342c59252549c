/**
 * The key of a record: its kind, the client ID that it belongs to, and what it is found by (`docs/storage.md`). No part
 * can reach into its neighbour.
 */
export function keyOf(kind: string, clientId: string, ...parts: readonly string[]): string {
  return [kind, clientId, ...parts].map(encodeURIComponent).join(":");
}

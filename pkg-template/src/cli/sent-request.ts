/** A request that was, or is to be, sent: what curl commands, HAR entries and options are read into. */

/** Names and values, as they are sent. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** The request, its body as bytes. */
export interface SentRequest {
  readonly method: string;
  /** Absolute, or beginning with its path. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array | undefined;
}

/** The value of the first header of this name, in any case; an empty one counts as absent. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  return headers.find(([known]) => known.toLowerCase() === name)?.[1] || undefined;
}

/**
 * What the package's types say of the web's interfaces. Where a program knows an interface, by the types of whichever
 * runtime, it is that very one; where it knows none, as with `lib: ["es2022"]` alone, it is the part described here.
 *
 * @module
 */

/**
 * The program's own type, or ours where it has none. An unknown name, its error ignored, fits everything, even a type
 * that nothing else fits.
 */
type Known<Own, Otherwise> = [Own] extends [{ readonly noSuchMember: never }] ? Otherwise : Own;

/** An absolute URL. */
export type WebURL = Known<OwnURL, { readonly href: string }>;
// biome-ignore-start lint/suspicious/noTsIgnore: an error is expected in some of the programs that read this only
/** @ts-ignore */
type OwnURL = URL;

/** The pairs of a query or form. */
export type WebURLSearchParams = Known<
  OwnURLSearchParams,
  Iterable<[string, string]> & { get(name: string): string | null; append(name: string, value: string): void }
>;
/** @ts-ignore */
type OwnURLSearchParams = URLSearchParams;

/** Headers by name, without case. */
export type WebHeaders = Known<
  OwnHeaders,
  Iterable<[string, string]> & { get(name: string): string | null; has(name: string): boolean }
>;
/** @ts-ignore */
type OwnHeaders = Headers;

/** What ends a wait. */
export type WebAbortSignal = Known<OwnAbortSignal, { readonly aborted: boolean; readonly reason: unknown }>;
/** @ts-ignore */
type OwnAbortSignal = AbortSignal;

/** What a request and an answer have in common. */
interface Message {
  readonly headers: WebHeaders;
  arrayBuffer(): Promise<ArrayBuffer>;
  json(): Promise<unknown>;
  text(): Promise<string>;
}

/** A request. */
export type WebRequest = Known<OwnRequest, Message & { readonly method: string; readonly url: string }>;
/** @ts-ignore */
type OwnRequest = Request;

/** An answer. */
export type WebResponse = Known<OwnResponse, Message & { readonly ok: boolean; readonly status: number }>;
/** @ts-ignore */
type OwnResponse = Response;

/** What `fetch` is told beside the URL. */
export type WebRequestInit = Known<
  OwnRequestInit,
  {
    method?: string;
    headers?: Record<string, string>;
    body?: string | Uint8Array;
    redirect?: "follow" | "error" | "manual";
    signal?: WebAbortSignal;
  }
>;
/** @ts-ignore */
type OwnRequestInit = RequestInit;
// biome-ignore-end lint/suspicious/noTsIgnore: an error is expected in some of the programs that read this only

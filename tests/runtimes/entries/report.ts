/** What a page tells its server: what it was asked for, or what kept it from that. */
export type Report = { readonly result: unknown } | { readonly failure: string };

/** Tells the server. */
export function report(content: Report): void {
  void fetch("/report", { method: "POST", body: JSON.stringify(content) });
}

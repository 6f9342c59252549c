import type { Outcome } from "../../conformance/group.js";

/** What a page tells its server: what became of the suite, or what kept it from running. */
export type Report = { readonly outcomes: readonly Outcome[] } | { readonly failure: string };

/** Tells the server. */
export function report(content: Report): void {
  void fetch("/report", { method: "POST", body: JSON.stringify(content) });
}

// Set before the suite is loaded, so that nothing which goes wrong on the way is lost.
addEventListener(
  "error",
  (event) => {
    const { target } = event;
    const what = target instanceof HTMLScriptElement ? `cannot load ${target.src}` : event.message;
    report({ failure: what });
  },
  true,
);
addEventListener("unhandledrejection", ({ reason }) => report({ failure: String(reason) }));
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  report({ failure: `the page's policy forbids ${blockedURI}: ${violatedDirective}` }),
);

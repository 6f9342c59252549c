import { report } from "./report.js";

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

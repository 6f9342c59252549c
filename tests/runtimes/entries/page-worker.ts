import { report } from "./report.js";

// A worker knows no import map, so it gets the page's program as one bundle. It is under the same policy.
const worker = new Worker("/page-bundle.js", { type: "module" });
worker.addEventListener("error", ({ message }) => report({ failure: `in the worker: ${message}` }));

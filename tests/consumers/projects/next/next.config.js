/** Next's pages hold scripts inline, hence `unsafe-inline`. WebAssembly needs no more than `wasm-unsafe-eval`. */
const policy = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";

export default {
  // This folder lies in a repository with a lock file of its own, which Next would take for the root.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  // Next 16.4.6 fails on any edge route when webpack builds (`--webpack`), so the one that is here is hidden from it; and it
  // loses a list of one.
  pageExtensions: process.env.TURBOPACK ? ["js", "edge.js"] : ["js", "jsx"],
  headers: async () => [{ source: "/:path*", headers: [{ key: "Content-Security-Policy", value: policy }] }],
};

import type { Consumer } from "../consumer.js";
import * as output from "../output.js";

const nextStart = "next start --hostname 127.0.0.1 --port {port}";
const nextReady = /Ready in/;

/** Frameworks and the tools of hosts, which bring a runtime along. */
export const platforms: readonly Consumer[] = [
  {
    name: "Next",
    project: "next",
    tool: "next",
    build: "next build",
    cases: [
      { name: "page", output: output.servedPage(nextStart, nextReady) },
      { name: "server", output: output.servedRoute(nextStart, nextReady, "/node") },
      { name: "edge", output: output.servedRoute(nextStart, nextReady, "/edge") },
    ],
  },
  {
    name: "wrangler",
    project: "cloudflare",
    tool: "wrangler",
    node: "node22",
    cases: [
      {
        name: "worker",
        build: "wrangler deploy --config wrangler.jsonc --dry-run --outdir out/wrangler",
        output: output.worker("out/wrangler", "worker.js"),
      },
      {
        name: "dev server",
        output: output.servedRoute(
          "wrangler dev --config wrangler.jsonc --ip 127.0.0.1 --port {port}",
          /Ready on/,
        ),
      },
    ],
  },
  {
    name: "Vite with Cloudflare's plugin",
    project: "cloudflare",
    tool: "@cloudflare/vite-plugin",
    node: "node22",
    cases: [
      {
        name: "worker",
        build: "vite build --outDir out/vite",
        output: output.servedRoute(
          "vite preview --outDir out/vite --host 127.0.0.1 --port {port} --strictPort",
          /Local:/,
        ),
      },
      {
        name: "dev server",
        output: output.servedRoute("vite --host 127.0.0.1 --port {port} --strictPort --force", /Local:/),
      },
    ],
  },
];

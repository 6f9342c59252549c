import type { Project } from "../consumer.js";
import * as output from "../output.js";

const vite = "--host 127.0.0.1 --port {port} --strictPort";

/** One worker by both of its host's tools, which want Node 22. */
export const cloudflare: Project = {
  folder: "cloudflare",
  node: "node22",
  consumers: [
    {
      name: "wrangler",
      tool: "wrangler",
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
      tool: "@cloudflare/vite-plugin",
      cases: [
        {
          name: "worker",
          build: "vite build --outDir out/vite",
          output: output.servedRoute(`vite preview --outDir out/vite ${vite}`, /Local:/),
        },
        { name: "dev server", output: output.servedRoute(`vite ${vite} --force`, /Local:/) },
      ],
    },
  ],
};

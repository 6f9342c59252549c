import type { Project } from "../consumer.js";
import * as output from "../output.js";

/** A page and a server's program by each bundler, as it comes. */
export const bundlers: Project = {
  folder: "bundlers",
  consumers: [
    {
      name: "Vite",
      tool: "vite",
      cases: [
        { name: "page", build: "vite build --outDir out/vite", output: output.site("out/vite") },
        {
          name: "dev server",
          output: output.servedPage("vite --host 127.0.0.1 --port {port} --strictPort --force", /Local:/),
        },
        {
          name: "server",
          build: "vite build --ssr checks/main.js --outDir out/vite-ssr",
          output: output.program("out/vite-ssr/main.js"),
        },
      ],
    },
    {
      name: "Vite, server with its packages",
      tool: "vite",
      cases: [
        {
          name: "server",
          build: "vite build --config vite.bundled.config.js --ssr checks/main.js --outDir out/vite-bundled",
          output: output.program("out/vite-bundled/main.js"),
        },
      ],
    },
    {
      name: "webpack",
      tool: "webpack",
      cases: [
        {
          name: "page",
          build: "webpack build --mode production --entry ./checks/client.js --output-path out/webpack",
          output: output.script("out/webpack/main.js", "classic"),
        },
        {
          name: "server",
          build:
            "webpack build --mode production --target node --entry ./checks/main.js --output-path out/webpack-node",
          output: output.program("out/webpack-node/main.js"),
        },
      ],
    },
    {
      name: "Rspack",
      tool: "@rspack/core",
      cases: [
        {
          name: "page",
          build: "rspack build --mode production --entry ./checks/client.js --output-path out/rspack",
          output: output.script("out/rspack/main.js", "classic"),
        },
        {
          name: "server",
          build:
            "rspack build --config rspack.node.config.js --mode production --entry ./checks/main.js --output-path out/rspack-node",
          output: output.program("out/rspack-node/main.js"),
        },
      ],
    },
    {
      name: "Rollup",
      tool: "rollup",
      cases: [
        {
          name: "page",
          build: "rollup checks/client.js --plugin node-resolve --file out/rollup/client.js",
          output: output.script("out/rollup/client.js", "module"),
        },
        {
          name: "server",
          build: "rollup checks/main.js --plugin node-resolve --file out/rollup-node/main.js",
          output: output.program("out/rollup-node/main.js"),
        },
      ],
    },
    {
      name: "esbuild, ES modules",
      tool: "esbuild",
      cases: [
        {
          name: "page",
          build: "esbuild checks/client.js --bundle --format=esm --outfile=out/esbuild/client.js",
          output: output.script("out/esbuild/client.js", "module"),
        },
        {
          name: "server",
          build:
            "esbuild checks/main.js --bundle --platform=node --format=esm --outfile=out/esbuild/main.mjs",
          output: output.program("out/esbuild/main.mjs"),
        },
      ],
    },
    {
      name: "esbuild, scripts",
      tool: "esbuild",
      cases: [
        {
          name: "page",
          build: "esbuild checks/client.js --bundle --format=iife --minify --outfile=out/esbuild/script.js",
          output: output.script("out/esbuild/script.js", "classic"),
        },
        {
          name: "server",
          build: "esbuild checks/main.js --bundle --platform=node --outfile=out/esbuild/main.cjs",
          output: output.program("out/esbuild/main.cjs"),
        },
      ],
    },
    {
      name: "Parcel",
      tool: "parcel",
      cases: [
        {
          name: "page",
          build: "parcel build --no-cache --target page",
          output: output.site("out/parcel"),
        },
        {
          name: "server",
          build: "parcel build --no-cache --target node",
          output: output.program("out/parcel-node/main.js"),
        },
      ],
    },
  ],
};

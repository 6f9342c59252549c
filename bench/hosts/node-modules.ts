/** For esbuild: Node's modules stay imports, for CommonJS too, whose `require` a worker does not have. */

import { builtinModules } from "node:module";

import type { Plugin } from "esbuild";

const NAMESPACE = "required";

export const nodeModules: Plugin = {
  name: "node-modules",
  setup(build) {
    const names = builtinModules.filter((name) => !name.includes("/")).join("|");
    build.onResolve({ filter: new RegExp(`^(node:)?(${names})(/promises)?$`) }, ({ path, kind }) => {
      const name = path.startsWith("node:") ? path : `node:${path}`;
      return kind === "require-call" ? { path: name, namespace: NAMESPACE } : { path: name, external: true };
    });
    build.onLoad({ filter: /^/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `import all from ${JSON.stringify(path)}; module.exports = all;`,
    }));
  },
};

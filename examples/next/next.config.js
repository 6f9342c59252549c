import { fileURLToPath } from "node:url";

export default {
  // The handler and the package lie beside this folder. An application of its own needs neither line.
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
  outputFileTracingRoot: fileURLToPath(new URL("../..", import.meta.url)),
  serverExternalPackages: ["tuya-auth"],
};

import module from "./generated/core.wasm";
import { staticSource } from "./source-static.js";

/** The core module for workerd. */
export const source = /* @__PURE__ */ staticSource(module);

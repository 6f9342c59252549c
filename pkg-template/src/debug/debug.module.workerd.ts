import module from "../generated/debug.wasm";
import { staticSource } from "../source-static.js";

/** The debug module for workerd. */
export const source = /* @__PURE__ */ staticSource(module);

import module from "../generated/debug.wasm?module";
import { staticSource } from "../source-static.js";

/** The debug module for edge runtimes, whose bundlers compile what is imported with `?module`. */
export const source = /* @__PURE__ */ staticSource(module);

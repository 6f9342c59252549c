import module from "./generated/page.wasm?module";
import { staticSource } from "./source-static.js";

/** The page module for edge runtimes, whose bundlers compile what is imported with `?module`. */
export const source = /* @__PURE__ */ staticSource(module);

import module from "../generated/emulator.wasm?module";
import { staticSource } from "../source-static.js";

/** The emulator module for edge runtimes, whose bundlers compile what is imported with `?module`. */
export const source = /* @__PURE__ */ staticSource(module);

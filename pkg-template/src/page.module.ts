import { hex } from "./generated/page.hex.js";
import { inlineSource } from "./source-inline.js";

/** The page module for runtimes that compile bytes. */
export const source = /* @__PURE__ */ inlineSource(hex);

import { text } from "../generated/debug.text.js";
import { inlineSource } from "../source-inline.js";

/** The debug module for runtimes that compile bytes. */
export const source = /* @__PURE__ */ inlineSource(() => text);

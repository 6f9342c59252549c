import { text } from "../generated/emulator.text.js";
import { inlineSource } from "../source-inline.js";

/** The emulator module for runtimes that compile bytes. */
export const source = /* @__PURE__ */ inlineSource(() => text);

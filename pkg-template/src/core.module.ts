import { text } from "./generated/core.text.js";
import { inlineSource } from "./source-inline.js";

/** The core module for runtimes that compile bytes. */
export const source = /* @__PURE__ */ inlineSource(() => text);

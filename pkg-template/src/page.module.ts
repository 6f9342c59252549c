import { text } from "./generated/page.text.js";
import { inlineSource } from "./source-inline.js";

/** The page module for runtimes that compile bytes. */
export const source = /* @__PURE__ */ inlineSource(() => text);

import module from "./generated/page.wasm";
import { staticSource } from "./source-static.js";

/** The page module for workerd. */
export const source = /* @__PURE__ */ staticSource(module);

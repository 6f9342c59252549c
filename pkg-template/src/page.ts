import { frameOf } from "./frame.js";
import { glue } from "./generated/page.js";
import { lazyModule } from "./instance.js";
import { source } from "./page.module.js";

/** The half without secrets; small, and without simd, for old phones. */
export const page = /* @__PURE__ */ lazyModule(source, "./page_bg.js", glue, frameOf);

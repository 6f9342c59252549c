import { source } from "./page.module.js";

// Above all, so that a bundle begins with the module's text: gzip makes less of it in the middle of code.

import { frameOf } from "./frame.js";
import * as glue from "./generated/page.js";
import { lazyModule } from "./instance.js";

/** The half without secrets; small, and without simd, for old phones. */
export const page = /* @__PURE__ */ lazyModule(source, "./page_bg.js", glue, frameOf);

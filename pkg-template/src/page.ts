import { frameOf } from "./frame.js";
import type { Exports } from "./generated/page.js";
import { bare, lazyModule } from "./instance.js";
import { source } from "./page.module.js";

/** The half without secrets; small, and without simd, for old phones. */
export const page = /* @__PURE__ */ lazyModule(source, /* @__PURE__ */ bare<Exports>(), frameOf);

import { frameOf } from "../frame.js";
import { glue } from "../generated/debug.js";
import { lazyModule } from "../instance.js";
import { source } from "./debug.module.js";

/** Explaining and diagnosing; nothing of it is compiled before the first call. */
export const debug = /* @__PURE__ */ lazyModule(source, "./debug_bg.js", glue, frameOf);

import { frameOf } from "../frame.js";
import type { Exports } from "../generated/debug.js";
import { bare, lazyModule } from "../instance.js";
import { source } from "./debug.module.js";

/** Explaining and diagnosing; nothing of it is compiled before the first call. */
export const debug = /* @__PURE__ */ lazyModule(source, /* @__PURE__ */ bare<Exports>(), frameOf);

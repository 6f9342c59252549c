import { source } from "./core.module.js";
import { frameOf } from "./frame.js";
import { glue } from "./generated/core.js";
import { serverErrors } from "./generated/tables.js";
import { holdingModule } from "./holds.js";

/** Both halves, with and without secrets: a server loads this module alone. */
export const core = /* @__PURE__ */ holdingModule(source, "./core_bg.js", glue, frameOf, serverErrors);

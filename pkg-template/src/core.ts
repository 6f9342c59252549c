import { source } from "./core.module.js";
import type { Exports } from "./generated/core.js";
import { serverErrors } from "./generated/tables.js";
import { holdingModule } from "./holds.js";
import { bare } from "./instance.js";
import { SigningFrame } from "./signing.js";

/** Both halves, with and without secrets: a server loads this module alone. */
export const core = /* @__PURE__ */ holdingModule(
  source,
  /* @__PURE__ */ bare<Exports>(),
  (glue) => new SigningFrame(glue),
  serverErrors,
);

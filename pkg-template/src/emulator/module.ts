import { glue } from "../generated/emulator.js";
import { holdingModule } from "../holds.js";
import { source } from "./emulator.module.js";
import { glued } from "./glued.js";

/** The cloud's core; nothing of it is compiled before the first cloud is made. */
export const emulator = /* @__PURE__ */ holdingModule(
  source,
  /* @__PURE__ */ glued("./emulator_bg.js", glue),
  () => undefined,
);

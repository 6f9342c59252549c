import { glue } from "../generated/emulator.js";
import { holdingModule } from "../holds.js";
import { source } from "./emulator.module.js";

/** The cloud's core; nothing of it is compiled before the first cloud is made. */
export const emulator = /* @__PURE__ */ holdingModule(source, "./emulator_bg.js", glue, () => undefined);

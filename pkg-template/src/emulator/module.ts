import * as glue from "../generated/emulator.js";
import { lazyModule } from "../instance.js";
import { source } from "./emulator.module.js";

/** The cloud's core; nothing of it is compiled before the first cloud is made. */
export const emulator = /* @__PURE__ */ lazyModule(source, "./emulator_bg.js", glue, () => undefined);

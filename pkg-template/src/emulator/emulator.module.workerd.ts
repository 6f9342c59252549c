import module from "../generated/emulator.wasm";
import { staticSource } from "../source-static.js";

/** The emulator module for workerd. */
export const source = /* @__PURE__ */ staticSource(module);

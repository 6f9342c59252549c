import { checkEmulator } from "./emulator-checks.js";

/** The checks in a page, which finds them under this name. */
Object.assign(globalThis, { checkEmulator });

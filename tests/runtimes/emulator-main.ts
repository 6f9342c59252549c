import { checkEmulator } from "./emulator-checks.js";

/** The checks in a process of any runtime. */
console.log(JSON.stringify(await checkEmulator()));

import { createCloud } from "tuya-auth/emulator";

import { checkEmulator } from "../runtimes/emulator-checks.js";

// Made as the program loads, where workerd allows no clock and no random numbers.
const cloud = createCloud();

/** The local cloud as a worker; `/checks` gives what the checks of all runtimes find here. */
export default {
  async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname === "/checks") return Response.json(await checkEmulator());
    return cloud.fetch(request);
  },
};

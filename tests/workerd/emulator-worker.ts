import { createCloud } from "tuya-auth/emulator";

// Made as the program loads, where workerd allows no clock and no random numbers.
const cloud = createCloud();

/** The local cloud as a worker. */
export default {
  fetch: (request: Request): Promise<Response> => cloud.fetch(request),
};

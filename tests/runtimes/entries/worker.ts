import { runSuite } from "../../conformance/suite.js";

/** The suite as a worker: every request is answered by its outcomes. */
export default {
  async fetch(): Promise<Response> {
    return Response.json(await runSuite());
  },
};

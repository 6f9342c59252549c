import { runSuite } from "../../conformance/suite.js";
import { report } from "./report.js";

/** The suite as a page's script: it hands its outcomes to the server that it came from. */
report({ result: await runSuite() });

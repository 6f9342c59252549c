import { runSuite } from "../../conformance/suite.js";
import { report } from "./watch.js";

/** The suite as a page's script: it hands its outcomes to the server that it came from. */
report({ outcomes: await runSuite() });

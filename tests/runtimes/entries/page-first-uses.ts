import { firstUses } from "../../conformance/first-uses.js";
import { report } from "./report.js";

/** First uses in a page, to which its policy may say no. */
report({ result: await firstUses() });

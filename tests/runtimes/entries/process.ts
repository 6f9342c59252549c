import { runSuite } from "../../conformance/suite.js";

/** The suite as a program: its outcomes are the one line it prints. */
console.log(JSON.stringify(await runSuite()));

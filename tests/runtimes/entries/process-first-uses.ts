import { firstUses } from "../../conformance/first-uses.js";

/** First uses in a program: what came of them is the one line it prints. */
console.log(JSON.stringify(await firstUses()));

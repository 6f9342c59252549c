import { checkPage } from "./page.js";

/** A page's program: shows what was found. */
const output = document.createElement("output");
output.textContent = JSON.stringify(checkPage());
document.body.append(output);

/** A program: imports the module at the given path, and prints the sign of each vector as JSON. */

import { argv } from "node:process";

import { signRaw } from "./raw-signer.js";
import { signable } from "./signable.js";

const module = await import(argv[2] ?? "");
console.log(JSON.stringify(signable.map((vector) => signRaw(module, vector))));

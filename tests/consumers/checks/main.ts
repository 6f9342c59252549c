import { checkServer } from "./server.js";

/** A server's program: is told its settings as its argument, and prints what it found. */
checkServer(JSON.parse(process.argv[2] ?? "")).then((findings) => console.log(JSON.stringify(findings)));

import { serveCloud, sqliteRows } from "tuya-auth/emulator/node";
import { obtainCode } from "../support/consent.js";
import { ann } from "../support/demo-seed.js";

/** Authorizes at a served cloud whose rows are in the file that the arguments name, and tells how many it holds. */
const [file = ""] = process.argv.slice(2);
using storage = sqliteRows(file);
const served = await serveCloud({ storage });
await obtainCode({ fetch, origin: served.origin, dataCenter: "us", account: ann });
await served.close();
console.log(JSON.stringify((await storage.load()).filter(({ key }) => key.startsWith("code/")).length));

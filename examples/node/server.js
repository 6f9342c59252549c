/** Account linking by `node:http`. Run it with `node examples/node/server.js`, then open /auth/login/us. */

import { createServer } from "node:http";

import { handler, hostname, origin, port } from "../handler.js";
import { listener } from "./adapter.js";

const listen = listener(handler.fetch, origin);
const server = createServer(listen).listen(port, hostname, () => console.log(`listening on ${origin}`));

process.once("SIGTERM", () => {
  server.close();
  server.closeIdleConnections();
  // A link or a refresh whose browser has gone is still finished.
  void listen.idle().then(() => process.exit());
});

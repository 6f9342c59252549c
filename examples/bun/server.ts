/** Account linking by `Bun.serve`. Run it with `bun examples/bun/server.ts`, then open /auth/login/us. */

import { handler, hostname, origin, port } from "../handler.js";

Bun.serve({ port, hostname, fetch: (request) => handler.fetch(request) });
console.log(`listening on ${origin}`);

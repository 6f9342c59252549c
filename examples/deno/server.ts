/** Account linking by `Deno.serve`. Run it with `deno run --allow-env --allow-net --allow-read examples/deno/server.ts`. */

import { handler, hostname, origin, port } from "../handler.js";

const onListen = () => console.log(`listening on ${origin}`);
Deno.serve({ port, hostname, onListen }, (request) => handler.fetch(request));

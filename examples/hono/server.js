/** The handler mounted in Hono. Run it with `node examples/hono/server.js`, then open /auth/login/us. */

import { createServer } from "node:http";
import { Hono } from "hono";

import { handler, hostname, origin, port } from "../handler.js";
import { listener } from "../node/adapter.js";

const app = new Hono();
app.get("/", (context) => context.text("A page of the application's own."));
app.all("/auth/*", (context) => handler.fetch(context.req.raw, context.executionCtx));

// On Workers, Deno and Bun `app.fetch` is served as it is.
createServer(listener((request, context) => app.fetch(request, {}, context), origin)).listen(
  port,
  hostname,
  () => console.log(`listening on ${origin}`),
);

/** Every route of the handler, as a route handler of Next's app router. */

import { after } from "next/server";

import { handler } from "../../../../handler.js";

/** Links are kept in this process's memory, so all requests must come to one: Node's, not the edge's. */
export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const respond = (request) => handler.fetch(request, { waitUntil: (work) => after(() => work) });

export {
  respond as DELETE,
  respond as GET,
  respond as HEAD,
  respond as OPTIONS,
  respond as PATCH,
  respond as POST,
  respond as PUT,
};

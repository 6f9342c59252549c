/** Every route of the handler under `/edge`, on Next's edge runtime. */

import { after } from "next/server";
import { createAuthHandler } from "tuya-auth/handler";

import { options } from "../../../../handler.js";

/** Links are kept in this process's memory here; where the edge is many processes they need a store that all share. */
export const runtime = "edge";

const handler = createAuthHandler({ ...options, basePath: "/edge" });

const respond = (request) => handler.fetch(asSent(request), { waitUntil: (work) => after(() => work) });

/** The request without what Next adds to its query there: each part of the path, under this folder's name. */
function asSent(request) {
  const url = new URL(request.url);
  url.searchParams.delete("segments");
  return new Request(url, request);
}

export {
  respond as DELETE,
  respond as GET,
  respond as HEAD,
  respond as OPTIONS,
  respond as PATCH,
  respond as POST,
  respond as PUT,
};

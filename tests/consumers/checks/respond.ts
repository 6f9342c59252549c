import { checkServer } from "./server.js";

/** A server's route: gets its settings, and answers what it found. */
export async function respond(request: Request): Promise<Response> {
  return Response.json(await checkServer(await request.json()));
}

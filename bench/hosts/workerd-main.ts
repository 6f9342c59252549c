/** The tables in a worker; each question is a request. */

import { stage } from "../work/candidate.js";
import { tables } from "../work/with-node.js";
import type { Question } from "./host.js";

const { open, repeat } = stage(tables);

export default {
  async fetch(request: Request): Promise<Response> {
    const question = (await request.json()) as Question;
    if ("open" in question) return Response.json(await open(question.open));
    await repeat(question.table, question.candidate, question.runs);
    return new Response();
  },
};

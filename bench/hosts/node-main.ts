/** The tables in a Node process of their own; it is asked by messages, one at a time. */

import process from "node:process";

import { stage } from "../work/candidate.js";
import { tables } from "../work/with-node.js";
import type { Question } from "./host.js";

const { open, repeat } = stage(tables);

process.on("message", async (question: Question) => {
  try {
    process.send?.({ answer: await answer(question) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});

async function answer(question: Question): Promise<unknown> {
  if ("open" in question) return open(question.open);
  const { table, candidate, runs } = question;
  const begin = performance.now();
  await repeat(table, candidate, runs);
  return performance.now() - begin;
}

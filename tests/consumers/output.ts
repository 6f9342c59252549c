/** The ways to run what a tool has made, each with what must come out. */

import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { edgeModules } from "../support/next-edge.js";
import { serveSite } from "./site.js";
import { pageFindings, type Stage, serverFindings } from "./stage.js";
import { runTool, type Surroundings, serveTool } from "./tool.js";
import { visit } from "./visit.js";
import { startWorker } from "./worker.js";

/** Runs an output; throws when it does not do what it must. */
export type Output = (stage: Stage, surroundings: Surroundings) => Promise<void>;

/** A folder with an `index.html`, opened in Chromium. */
export function site(path = "."): Output {
  return (stage, { folder }) => visitSite(stage, join(folder, path));
}

/** A script without a page of its own, opened in Chromium. */
export function script(path: string, kind: "module" | "classic"): Output {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const tag = kind === "module" ? '<script type="module"' : "<script defer";
  const page = `<!doctype html><title>A script</title><body>${tag} src="/${name}"></script>`;
  return (stage, { folder }) => visitSite(stage, join(folder, path, ".."), page);
}

/** A program for Node. */
export function program(path: string): Output {
  return async (stage, surroundings) => {
    const settings = JSON.stringify(await stage.settings());
    const printed = await runTool(["node", path, settings], surroundings);
    assert.deepEqual(JSON.parse(printed), serverFindings);
  };
}

/** A folder with the modules of a worker, the first of which is named; on workerd. */
export function worker(path: string, main: string): Output {
  return async (stage, { folder }) => {
    const running = await startWorker(join(folder, path), main);
    try {
      await ask(stage, running.origin, () => running.output());
    } finally {
      await running.stop();
    }
  };
}

/** A page that a tool serves, opened in Chromium. */
export function servedPage(command: string, ready: RegExp): Output {
  return served(command, ready, async (stage, origin) => {
    assert.deepEqual(await visit(await stage.browser(), `${origin}/`), pageFindings);
  });
}

/** Routes that a tool serves. */
export function servedRoute(command: string, ready: RegExp, path = "/"): Output {
  return served(command, ready, (stage, origin, output) => ask(stage, `${origin}${path}`, output));
}

/** A route that Next serves on its edge runtime, with the modules as files. */
export function edgeRoute(command: string, ready: RegExp, path: string): Output {
  const route = servedRoute(command, ready, path);
  return async (stage, surroundings) => {
    await route(stage, surroundings);
    assert.deepEqual(await edgeModules(surroundings.folder, path), ["core", "page"]);
  };
}

/** Tests that the tool itself runs, and counts in a report of Jest's shape. @param count how many there are */
export function tests(command: string, count: number): Output {
  return async (stage, surroundings) => {
    const report = join(surroundings.folder, "report.json");
    const env = {
      SETTINGS: JSON.stringify(await stage.settings()),
      EXPECTED: JSON.stringify(serverFindings),
    };
    await rm(report, { force: true });
    await runTool([...command.split(" "), `--outputFile=${report}`], { ...surroundings, env });
    const { numPassedTests, numTotalTests } = JSON.parse(await readFile(report, "utf8"));
    assert.deepEqual([numPassedTests, numTotalTests], [count, count]);
  };
}

async function visitSite(stage: Stage, folder: string, index?: string): Promise<void> {
  const { origin, close } = await serveSite(folder, index);
  try {
    assert.deepEqual(await visit(await stage.browser(), `${origin}/`), pageFindings);
  } finally {
    close();
  }
}

/** Has a tool serve while `look` looks at it. */
function served(
  command: string,
  ready: RegExp,
  look: (stage: Stage, origin: string, output: () => string) => Promise<void>,
): Output {
  return async (stage, surroundings) => {
    const tool = await serveTool(command.split(" "), ready, surroundings);
    try {
      await look(stage, tool.origin, tool.output);
    } finally {
      await tool.stop();
    }
  };
}

/** Has a route link an account. */
async function ask(stage: Stage, url: string, output: () => string): Promise<void> {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(await stage.settings()) });
  const text = await answer.text();
  assert.equal(answer.status, 200, `${text.slice(0, 500)}\n${output()}`);
  assert.deepEqual(JSON.parse(text), serverFindings);
}

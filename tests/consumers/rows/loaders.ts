import type { Consumer } from "../consumer.js";
import * as output from "../output.js";

const jest = "node_modules/.bin/jest --json";
// Jest's own words: without the flag it runs no ES modules, and `require` of one it has from Node 24.9 on.
const jestOfModules = `node --experimental-vm-modules ${jest}`;

/** What loads the package file by file, without a bundler. */
export const loaders: readonly Consumer[] = [
  { name: "import map", project: "plain", cases: [{ name: "page", output: output.site() }] },
  ...(["node20", "node22", "node24"] as const).map(
    (node): Consumer => ({
      name: `require(), Node ${node.slice("node".length)}`,
      project: "plain",
      node,
      cases: [{ name: "server", output: output.program("require.cjs") }],
    }),
  ),
  {
    name: "vitest",
    project: "test-runners",
    tool: "vitest",
    node: "node22",
    cases: [{ name: "tests", output: output.tests("vitest run --reporter=json vitest", 2) }],
  },
  {
    name: "Jest, ES modules",
    project: "test-runners",
    tool: "jest",
    cases: [{ name: "tests", output: output.tests(`${jestOfModules} jest/module.test.js`, 1) }],
  },
  {
    name: "Jest, require() on Node 24",
    project: "test-runners",
    tool: "jest",
    node: "node24",
    cases: [{ name: "tests", output: output.tests(`${jestOfModules} jest/commonjs.test.cjs`, 1) }],
  },
  {
    name: "Jest, rewritten by Babel",
    project: "test-runners",
    tool: "jest",
    cases: [
      {
        name: "tests",
        output: output.tests(`node ${jest} --config jest.transformed.config.js jest/commonjs.test.cjs`, 1),
      },
    ],
  },
];

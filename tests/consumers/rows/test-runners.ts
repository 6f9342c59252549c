import type { Project } from "../consumer.js";
import * as output from "../output.js";

const jest = "node_modules/.bin/jest --json";
// Without this it runs no ES modules. With it, `require` of them works from Node 24.9 on.
const jestOfModules = `node --experimental-vm-modules ${jest}`;

/** Test runners, which load packages by loaders of their own. */
export const testRunners: Project = {
  folder: "test-runners",
  consumers: [
    {
      name: "vitest",
      tool: "vitest",
      node: "node22",
      cases: [{ name: "tests", output: output.tests("vitest run --reporter=json vitest", 2) }],
    },
    {
      name: "Jest, ES modules",
      tool: "jest",
      cases: [{ name: "tests", output: output.tests(`${jestOfModules} jest/module.test.js`, 1) }],
    },
    {
      name: "Jest, require() on Node 24",
      tool: "jest",
      node: "node24",
      cases: [{ name: "tests", output: output.tests(`${jestOfModules} jest/commonjs.test.cjs`, 1) }],
    },
    {
      name: "Jest, rewritten by Babel",
      tool: "jest",
      cases: [
        {
          name: "tests",
          output: output.tests(`node ${jest} --config jest.transformed.config.js jest/commonjs.test.cjs`, 1),
        },
      ],
    },
  ],
};

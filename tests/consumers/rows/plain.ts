import type { Consumer, Project } from "../consumer.js";
import * as output from "../output.js";

/** Pages and programs without any tool. */
export const plain: Project = {
  folder: "plain",
  consumers: [
    { name: "import map", cases: [{ name: "page", output: output.site() }] },
    ...(["node20", "node22", "node24"] as const).map(
      (node): Consumer => ({
        name: `require(), Node ${node.slice("node".length)}`,
        node,
        cases: [{ name: "server", output: output.program("require.cjs") }],
      }),
    ),
  ],
};

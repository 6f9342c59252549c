import type { Project } from "../consumer.js";
import * as output from "../output.js";

const start = "next start --hostname 127.0.0.1 --port {port}";
const ready = /Ready in/;

/** A page, a route on Node and one on the edge, of one application. */
export const next: Project = {
  folder: "next",
  consumers: [
    {
      name: "Next",
      tool: "next",
      build: "next build",
      cases: [
        { name: "page", output: output.servedPage(start, ready) },
        { name: "server", output: output.servedRoute(start, ready, "/node") },
        { name: "edge", output: output.edgeRoute(start, ready, "/edge") },
      ],
    },
    {
      name: "Next, by webpack",
      tool: "next",
      build: "next build --webpack",
      cases: [
        { name: "page", output: output.servedPage(start, ready) },
        { name: "server", output: output.servedRoute(start, ready, "/node") },
      ],
    },
  ],
};

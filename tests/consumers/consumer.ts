import type { RuntimeName } from "../runtimes/programs.js";
import type { Output } from "./output.js";

/** A folder of `projects`, and the tools that it has installed. Its consumers run one after another. */
export interface Project {
  readonly folder: string;
  /** The Node that runs its tools; the one that runs the tests unless given. */
  readonly node?: RuntimeName;
  readonly consumers: readonly Consumer[];
}

/** A tool that builds, serves or loads the package: a row of the second table of `docs/runtimes.md`. */
export interface Consumer {
  readonly name: string;
  /** The package whose version is the tool's own; none where it is Node or the browser. */
  readonly tool?: string;
  /** The Node that runs it, where it is another than the project's. */
  readonly node?: RuntimeName;
  /** What is run before all cases. */
  readonly build?: string;
  readonly cases: readonly Case[];
}

/** One use of a tool: a cell. */
export interface Case {
  /** The column: where the output runs. */
  readonly name: string;
  /** What makes the output: a program of the project's packages with its arguments. */
  readonly build?: string;
  readonly output: Output;
}

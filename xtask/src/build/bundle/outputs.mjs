// Which files the package has, and which compiled files each holds.

import { resolve } from "node:path";

import { graphOf, reach } from "./compiled.mjs";

/**
 * The files to write: one for each entry and condition, and what entries share, so that there is one class of each name
 * and one instance of each module. Each is `{ path, condition, members, isEntry, holderOf }`:
 *
 * - `path`: where it is written, below `dist`, such as `server.workerd.js`
 * - `condition`: under which its imports are meant
 * - `members`: the compiled files that others import from it; of an entry, itself
 * - `holderOf(file)`: from which other file it takes a compiled file; without one it has a copy of its own
 *
 * @param from the folder of the compiled files
 * @param entries each `{ name, conditions }`, as main.mjs takes them
 */
export async function outputsOf(from, entries) {
  const compiled = (name) => resolve(from, `${name}.js`);
  const conditions = [...new Set(entries.flatMap((entry) => entry.conditions))];
  const graphs = new Map();
  for (const condition of conditions) {
    const there = entries.filter((entry) => entry.conditions.includes(condition));
    const files = there.map(({ name }) => compiled(name));
    graphs.set(condition, await graphOf(files, condition));
  }
  const reached = (name, condition) => reach(graphs.get(condition), compiled(name));

  // The tables are data: every file has those that it uses.
  const unshared = [compiled("generated/tables"), compiled("server")];
  /** What a page and a server both reach, whatever the condition: nothing, then, that compiles bytes. */
  const sets = conditions.flatMap((condition) => ["index", "server"].map((name) => reached(name, condition)));
  const shared = [...sets[0]].filter(
    (file) => !unshared.includes(file) && sets.every((set) => set.has(file)),
  );
  /** All else that a server reaches. */
  const half = (condition) =>
    [...reached("server", condition)].filter((file) => !unshared.includes(file) && !shared.includes(file));

  const outputs = [
    output("shared", "", { root: "index", marked: "errors", holds: shared }),
    ...conditions.map((condition) =>
      output("server-half", condition, { root: "server", marked: "core", holds: half(condition) }),
    ),
    ...entries.flatMap(({ name, conditions }) =>
      conditions.map((condition) =>
        output(name, condition, { root: name, marked: name, holds: [compiled(name)], isEntry: true }),
      ),
    ),
  ];
  return outputs;

  /**
   * @param root an entry that reaches all of it
   * @param marked who reaches this one takes from here; who only uses a function that is here with a module has a copy
   * of it, and not the module
   * @param holds the compiled files that are in it
   */
  function output(name, condition, { root, marked, holds, isEntry = false }) {
    const path = condition === "" ? `${name}.js` : `${name}.${condition}.js`;
    const isFor = (reached) => reached.has(compiled(marked));
    const holderOf = (file) => {
      const holders = outputs.filter(
        (other) => other.holds.includes(file) && other.isFor(reached(root, condition)),
      );
      const under = (condition) => holders.find((holder) => holder.condition === condition);
      const holder = under(condition) ?? under("");
      return holder?.path === path ? undefined : holder;
    };
    return { path, condition, members: membersOf(holds), isEntry, holds, isFor, holderOf };
  }

  /** Those of the files that a file beside them imports, under whatever condition; of an entry, itself. */
  function membersOf(holds) {
    if (holds.length === 1) return holds;
    const beside = [...graphs.values()]
      .flatMap((graph) => [...graph])
      .filter(([file]) => !holds.includes(file));
    const imported = new Set(beside.flatMap(([, imports]) => imports));
    return holds.filter((file) => imported.has(file));
  }
}

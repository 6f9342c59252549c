import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

// From target/ts/tests/package, where this runs.
const root = new URL("../../../../", import.meta.url);
const page = readFileSync(new URL("docs/coverage.md", root), "utf8");

/** The tests that the page names: their titles, or in Rust their functions, and their files. */
const named = [...page.matchAll(/\[([^\]]+)\]\(\.\.\/(\S+\.(?:rs|ts))\)/g)].map(
  ([, title = "", file = ""]) => ({
    title,
    file,
  }),
);

/** The rows of the page's tables, headings left out. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("|") && !/^\|(---|\s*the document says)/.test(line))
  .map((line) => line.split(" | "));

describe("docs/coverage.md", () => {
  it("names a test for every statement", () => {
    assert.ok(rows.length >= 30, String(rows.length));
    for (const row of rows) assert.match(row.at(-1) ?? "", /\]\(\.\.\//, row[0]);
  });

  for (const { title, file } of named) {
    it(`names a test that exists: ${title} (${file})`, () => {
      const source = readFileSync(new URL(file, root), "utf8");
      const declared = file.endsWith(".rs")
        ? [`fn ${title}(`]
        : ["it(", "test("].flatMap((call) => [`${call}"${title}"`, `${call}\`${title}\``]);
      assert.ok(declared.some((text) => source.includes(text)));
    });
  }
});

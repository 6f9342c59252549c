import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { interleave, type Measurement, ratio } from "../../bench/measure.js";
import { time, times } from "../../bench/report/format.js";
import { machine } from "../../bench/report/machine.js";
import { grid } from "../../bench/report/markdown.js";
import { plot } from "../../bench/report/plot.js";
import { FIRST_USE, type Filled } from "../../bench/report/results.js";
import { outcomes, outcomeText, targets } from "../../bench/report/targets.js";
import { renewed, sections } from "../../bench/report/write.js";

/** A row whose every round took so many µs. */
function row(name: string, median: number): Measurement {
  return { name, median, quartiles: [median * 0.9, median * 1.1], times: [median, median, median] };
}

const typical: Filled = {
  runtime: "Node 20.20.2",
  table: "sign, nonce given, empty",
  rows: [row("tuya-auth", 2), row("node:crypto, the plain way", 8), row("@noble/hashes", 10)],
  absent: { "hash-wasm": "it is not here" },
};
const results = { machine: { text: "a machine", packages: ["crypto-js 4.2.0"] }, tables: [typical] };
const documents = ["docs/performance.md", "README.md"].map((name) =>
  readFileSync(new URL(`../../../../${name}`, import.meta.url), "utf8"),
);

describe("the benchmark's report", () => {
  it("compares round by round, so that what disturbs one round is no ratio", () => {
    const one = { ...row("one", 2), times: [2, 20, 2] };
    const other = { ...row("other", 4), times: [4, 40, 4] };
    assert.equal(ratio(one, other), 0.5);
  });

  it("writes medians, quartiles and the time of tuya-auth in parts of each", () => {
    assert.equal(
      grid([{ title: "Node", filled: typical }]),
      [
        "|  | Node |",
        "|---|---|",
        "| tuya-auth | 2.00 µs (1.80–2.20) |",
        "| node:crypto, the plain way | 8.00 µs (7.20–8.80) · 0.25 × |",
        "| `@noble/hashes` | 10.0 µs (9.00–11.0) · 0.20 × |",
        "",
        "hash-wasm on Node 20.20.2: it is not here.",
      ].join("\n"),
    );
  });

  it("writes numbers with as many digits as count", () => {
    assert.deepEqual([0.5, 12.34, 999, 5430, 123_456].map(time), [
      "0.500 µs",
      "12.3 µs",
      "999 µs",
      "5.43 ms",
      "123 ms",
    ]);
    assert.deepEqual([0.0456, 1.23, 456].map(times), ["0.046 ×", "1.2 ×", "456 ×"]);
  });

  it("says of each target whether it was met, and nothing where there is nothing to compare with", () => {
    const judged = outcomes(results);
    const said = new Map(judged.map((outcome) => [outcome.target.what, outcomeText(outcome)]));
    assert.equal(said.get("sign, in parts of node:crypto, the plain way"), "0.25 ×, met");
    assert.equal(said.get("sign, in parts of @noble/hashes"), "0.20 ×, missed");
    assert.equal(said.get("sign, in parts of crypto-js"), "—");
    assert.equal(judged.length, targets.length);
  });

  it("says where the crate alone misses a promise, too", () => {
    const rows = [
      row("tuya-auth", 4),
      row("@noble/hashes", 10),
      row("crypto-js", 50),
      row("Rust, portable SHA-256", 2),
    ];
    const judged = outcomes({ ...results, tables: [{ ...typical, rows }] });
    const said = new Map(judged.map((outcome) => [outcome.target.what, outcomeText(outcome)]));
    assert.equal(said.get("sign, in parts of @noble/hashes"), "0.40 ×, missed (Rust 0.20 ×)");
    assert.equal(said.get("sign, in parts of crypto-js"), "0.080 ×, missed");
  });

  it("leaves out of a first use what a process takes by itself", () => {
    const rows = [
      row("nothing", 100),
      row("tuya-auth", 110),
      row("official node client, imported only", 200),
    ];
    const tables = [{ runtime: "workerd", table: FIRST_USE, rows, absent: {} }];
    const judged = outcomes({ ...results, tables });
    const first = judged.find(({ target }) => target.what.startsWith("first use"));
    assert.equal(first && outcomeText(first), "0.10 ×, met");
  });

  it("renews what stands between the marks, and leaves the rest alone", () => {
    const text = "a\n<!-- bench: verify -->\n\nold\n\n<!-- /bench: verify -->\nb\n";
    const renew = renewed(text, "verify", "new");
    assert.equal(renew, "a\n<!-- bench: verify -->\n\nnew\n\n<!-- /bench: verify -->\nb\n");
    assert.equal(renewed(renew, "verify", "new"), renew);
    assert.equal(renewed(text, "callback", "new"), text);
  });

  it("writes only what was measured, each section into a document that has its marks", () => {
    assert.deepEqual([...sections(results).keys()], ["sign", "sign, in short", "nonce given"]);
    for (const name of sections(results).keys()) {
      assert.ok(
        documents.some((text) => renewed(text, name, "changed") !== text),
        name,
      );
    }
  });

  it("is written into every place that the documents have for it", () => {
    for (const text of documents) {
      const open = [...text.matchAll(/<!-- bench: (.+) -->/g)];
      assert.ok(open.length > 0);
      for (const [mark, name] of open) {
        const [part = ""] = text.slice(text.indexOf(mark) + mark.length).split(`<!-- /bench: ${name} -->`);
        assert.match(part, /\| tuya-auth \| [\d.]+ [µm]s|\| ≤ [\d.]+ × \||\| a constant \| \d+ \/s/, name);
      }
    }
  });

  it("draws a bar for each candidate, its length in proportion", () => {
    const svg = plot([typical]);
    const widths = [...svg.matchAll(/<rect class="(own|other)"[^>]* width="([\d.]+)"/g)];
    assert.deepEqual(
      widths.map(([, kind]) => kind),
      ["own", "other", "other"],
    );
    const [own, plain, noble] = widths.map(([, , width]) => Number(width)) as [number, number, number];
    assert.ok(Math.abs(plain / own - 4) < 0.01 && Math.abs(noble / own - 5) < 0.01, String(widths));
    assert.match(svg, /prefers-color-scheme: dark/);
  });

  it("names the machine and the peers' versions", () => {
    const { text, packages } = machine();
    assert.match(text, /\d+ cores, \w+ \d/);
    assert.match(
      packages.join(),
      /^@tuya\/tuya-connector-nodejs 2\.\S+,@noble\/hashes 2\.\S+,crypto-js 4\.\S+,hash-wasm 4/,
    );
  });
});

describe("the benchmark's turns", () => {
  it("warm each candidate up, then run them in turn", async () => {
    const order: string[] = [];
    // A clock of its own: a run takes a fixed time, whatever the machine does.
    const candidate = (name: string, milliseconds: number) => ({
      name,
      turn: 2,
      time: async (runs: number) => {
        order.push(name);
        return runs * milliseconds;
      },
    });
    const measured = await interleave([candidate("quick", 0.01), candidate("slow", 5)], 3);
    assert.deepEqual(order.slice(-6), ["quick", "slow", "quick", "slow", "quick", "slow"]);
    assert.deepEqual(
      measured.map(({ median, times }) => [Math.round(median), times.length]),
      [
        [10, 3],
        [5000, 3],
      ],
    );
  });
});

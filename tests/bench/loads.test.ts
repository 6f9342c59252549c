import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Load } from "../../bench/proxy/load.js";
import { loadRows, loadTable } from "../../bench/report/loads.js";

/** A target whose figures are these, round by round. */
function target(name: string, ...figures: number[]): Load {
  const rounds = figures.map((figure) => ({ throughput: figure, p99: figure, p50: figure, cpu: figure }));
  return { name, rounds };
}

describe("the table of loads", () => {
  it("has medians, and ratios of what was measured in the same round", () => {
    // The machine was half as fast in the second round, and in the third.
    const loads = [target("constant", 100, 50, 50), target("call", 25, 12.5, 12.5)];
    const [constant, call] = loadRows(loads).map(({ cells }) => cells[0]);
    assert.deepEqual(constant, { figure: "50 /s", ratio: "" });
    assert.deepEqual(call, { figure: "13 /s", ratio: "0.25 ×" });
  });

  it("is written with the ratios beside the figures", () => {
    const [head, line, constant, call, ...rest] = loadTable([target("constant", 4), target("call", 1)]).split(
      "\n",
    );
    assert.equal(head, "|  | calls a second | p99 | processor time of a call | p50, one connection |");
    assert.equal(line, "|---|---|---|---|---|");
    assert.equal(constant, "| constant | 4 /s | 4.0 ms | 4 µs | 4.00 ms |");
    assert.equal(call, "| call | 1 /s · 0.25 × | 1.0 ms · 0.25 × | 1 µs · 0.25 × | 1.00 ms · 0.25 × |");
    assert.deepEqual(rest, []);
  });
});

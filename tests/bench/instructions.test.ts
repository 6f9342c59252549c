import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { complaint, countInstructions, uncountable } from "../../bench/instructions.js";

describe("the instructions of one sign", () => {
  it("are those on record, and a little", { skip: uncountable() }, () => {
    assert.equal(complaint(countInstructions()), undefined);
  });

  it("count alike twice", { skip: uncountable() }, () => {
    assert.ok(Math.abs(countInstructions() - countInstructions()) <= 1);
  });

  it("are complained of above the record, and where the record is out of date", () => {
    assert.match(complaint(1031, 1000) ?? "", /1031 instructions, more than 1000/);
    assert.match(
      complaint(899, 1000) ?? "",
      /well below 1000: cargo xtask bench --only instructions --write/,
    );
    for (const counted of [901, 1000, 1029]) assert.equal(complaint(counted, 1000), undefined);
  });
});

import assert from "node:assert/strict";
import { estimationTasks } from "../../src/sp800-90b/assessment";
import { assessmentMemory } from "../../src/sp800-90b/memory";

function memory(samples: number, bits: number, threads: number, mostBits: number | null = null) {
  const size = { samples, symbols: 2 ** bits, bits, mostBits };
  const tasks = estimationTasks(size.symbols, bits, { track: "non-iid", purpose: "initial", mostBits });
  return assessmentMemory(
    tasks.map((task) => ({ size, task })),
    threads,
  );
}

describe("the memory of an assessment, before it begins", () => {
  it("grows with the samples, their width and the threads, and is more if the data repeat themselves", () => {
    const { usual, repetitive } = memory(1e6, 8, 2);
    assert.ok(repetitive > usual);
    assert.ok(memory(1e7, 8, 2).usual > usual);
    assert.ok(memory(1e6, 4, 2).usual < usual);
    assert.ok(memory(1e6, 8, 4).usual > usual && memory(1e6, 8, 1).usual < usual);
  });

  it("is less where fewer bits are assessed", () => {
    assert.ok(memory(1e8, 8, 2, 1_000_000).repetitive < memory(1e8, 8, 2).repetitive / 4);
  });

  it("fits a machine of 16 GB for a hundred million samples of any width", () => {
    for (const bits of [1, 4, 8]) assert.ok(memory(1e8, bits, 2).usual < 8e9, String(bits));
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { BlockTestStream, bytesForBlocks } from "../../src/fips140/stream";
import type { Fips140Result, Fips140Test } from "../../src/model";
import { keystream, makeInput, type Shape } from "./inputs";

interface Figures {
  readonly label: string;
  readonly shape: Shape;
  readonly length: number;
  readonly successes: number;
  readonly failures: number;
  readonly failuresByTest: Readonly<Record<Fips140Test, number>>;
}

const golden = JSON.parse(readFileSync("test/golden/rngtest/figures.json", "utf8")) as {
  readonly figures: readonly Figures[];
};

function judge(chunks: Iterable<Uint8Array>, blocks: number): Fips140Result {
  const stream = new BlockTestStream(blocks);
  for (const chunk of chunks) stream.update(chunk);
  return stream.result();
}

describe("FIPS 140-2 tests of a stream", () => {
  it("need the bootstrap word and 2500 bytes a block", () => {
    assert.equal(bytesForBlocks(1000), 2_500_004);
  });

  for (const { label, shape, length, ...figures } of golden.figures) {
    it(`count in ${label} (${shape.kind}, ${String(length)} bytes) what rngtest counts`, () => {
      const result = judge([makeInput(label, shape, length)], 1000);
      assert.deepEqual(result, { judgedBy: "entropy-check", blocksRequested: 1000, ...figures });
    });
  }

  it("give the same result however the stream is cut", () => {
    // biased, so that some blocks fail; a third of a block beyond the last one
    const bytes = makeInput("cut", { kind: "biased", threshold: 125 }, bytesForBlocks(8) + 800);
    const whole = judge([bytes], 10);
    assert.equal(whole.successes + whole.failures, 8);
    assert.ok(whole.failures > 0);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
        const ends = [...cuts, bytes.length].sort((a, b) => a - b);
        assert.deepEqual(
          judge(
            ends.map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end)),
            10,
          ),
          whole,
        );
      }),
    );
  });

  it("give the same result byte by byte", () => {
    const bytes = keystream("byte by byte", bytesForBlocks(3));
    assert.deepEqual(
      judge(
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
        3,
      ),
      judge([bytes], 3),
    );
  });

  it("stop at the last requested block", () => {
    const good = keystream("stop", bytesForBlocks(2));
    const stream = new BlockTestStream(2);
    stream.update(good);
    assert.ok(stream.done);
    stream.update(new Uint8Array(10_000));
    assert.deepEqual({ tested: stream.blocksTested, failures: stream.result().failures }, { tested: 2, failures: 0 });
  });

  it("never count a block that did not come whole", () => {
    const stream = new BlockTestStream(2);
    stream.update(keystream("whole", bytesForBlocks(2) - 1));
    assert.equal(stream.blocksTested, 1);
    assert.equal(stream.done, false);
  });
});

import assert from "node:assert/strict";
import { Random } from "../../src/numeric/random";

const shuffled = (seed: number, stream: number, length: number): number[] => {
  const items = Uint8Array.from({ length }, (_, i) => i);
  new Random(seed, stream).shuffle(items);
  return [...items];
};

describe("the random permutations", () => {
  it("are the same for the same seed and stream, and other ones for others", () => {
    assert.deepEqual(shuffled(1, 2, 200), shuffled(1, 2, 200));
    const others = [shuffled(1, 2, 200), shuffled(2, 1, 200), shuffled(1, 3, 200), shuffled(1 + 2 ** 32, 2, 200)];
    assert.equal(new Set(others.map(String)).size, 4);
  });

  it("have every item once", () => {
    assert.deepEqual(
      shuffled(7, 7, 256).toSorted((a, b) => a - b),
      Array.from({ length: 256 }, (_, i) => i),
    );
  });

  it("have all orders of four items about as often as each other", () => {
    const counts = new Map<string, number>();
    for (let stream = 0; stream < 24_000; stream++) {
      const order = shuffled(3, stream, 4).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assert.equal(counts.size, 24);
    // Chi-square of 23 degrees of freedom: 64 has a chance of 1 in 100,000.
    const score = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    assert.ok(score < 64, String(score));
  });

  it("come from numbers whose every bit is set half the time", () => {
    const random = new Random(0, 0);
    const ones = Array.from({ length: 32 }, () => 0);
    for (let i = 0; i < 40_000; i++) {
      const x = random.next();
      for (let bit = 0; bit < 32; bit++) ones[bit] += (x >>> bit) & 1;
    }
    for (const count of ones) assert.ok(Math.abs(count - 20_000) < 500, String(ones));
  });
});

import assert from "node:assert/strict";
import type { FoundEstimate } from "../../src/model";
import { concludeAssessment, estimate, estimationTasks } from "../../src/sp800-90b/assessment";
import { ceilings } from "../../src/sp800-90b/ceilings";
import { keystream } from "../datasets";

const unheard = (): void => undefined;

/** Ideal samples: the upper bits of AES-256 in counter mode. */
function idealEstimates(samples: number, bits: number, seed: number): readonly FoundEstimate[] {
  const data = keystream(`ceiling-${samples}-${bits}-${seed}`, samples).map((byte) => byte >> (8 - bits));
  const found = estimationTasks(2 ** bits, bits).flatMap((task) => estimate(data, bits, task, unheard));
  return concludeAssessment(found, bits).estimates;
}

describe("the ceiling of an estimate", () => {
  for (const [samples, bits, files] of [
    [50_000, 1, 21],
    [10_000, 2, 21],
    [5_000, 4, 21],
    [4_000, 8, 21],
  ] as const)
    it(`is the middle of what ${files} ideal files of ${samples} samples of ${bits} bits are estimated and assessed at`, () => {
      const measured = Array.from({ length: files }, (_, seed) => idealEstimates(samples, bits, seed));
      const size = { samples, symbols: 2 ** bits, bits, mostBits: null };
      const { each, assessed } = ceilings(size, measured[0]);
      // More than 85 % of so many files on one side of their median: once in some thousand cases.
      const assertMiddle = (values: readonly number[], ceiling: number | null, width: number, what: string): void => {
        assert.ok(ceiling !== null, what);
        const below = values.filter((value) => value < ceiling - 1e-6).length;
        const above = values.filter((value) => value > ceiling + 1e-6).length;
        assert.ok(Math.max(below, above) <= 0.85 * files, `${what}: ${below} below ${ceiling}, ${above} above`);
        const median = values.toSorted((a, b) => a - b)[(files - 1) / 2];
        assert.ok(Math.abs(median - ceiling) < 0.03 * width, `${what}: the median is ${median}, not ${ceiling}`);
      };
      measured[0].forEach(({ estimator, scope }, i) => {
        const values = measured.flatMap((estimates) => estimates[i].minEntropy ?? []);
        const width = scope === "bitstring" ? 1 : bits;
        if (values.length === files) assertMiddle(values, each[i], width, `${scope} ${estimator}`);
      });
      const minima = measured.flatMap((estimates) => concludeAssessment(estimates, bits).minEntropy ?? []);
      assertMiddle(minima, assessed, bits, "assessed");
    });

  const all = idealEstimates(1000, 8, 0);

  it("is a number of bits that the symbol can have, whatever the size, or none", () => {
    for (const samples of [2, 3, 18, 64, 100, 1000, 4096, 1e5, 1e6, 1e7, 1e8, 1e9])
      for (const bits of [1, 2, 3, 8]) {
        const { each, assessed } = ceilings({ samples, symbols: 2 ** bits, bits, mostBits: null }, all);
        each.forEach((h, i) => {
          const most = all[i].scope === "bitstring" ? 1 : bits;
          assert.ok(h === null || (h >= 0 && h <= most), `${samples} of ${bits}: ${all[i].estimator} ${h}`);
        });
        assert.ok(assessed !== null && assessed >= 0 && assessed <= bits, `${samples} of ${bits}: ${assessed}`);
      }
  });

  it("rises with the number of samples, and that of the least of all is not above any single one", () => {
    let before = 0;
    for (const samples of [1e4, 1e5, 1e6, 1e7, 1e8]) {
      const { each, assessed } = ceilings({ samples, symbols: 256, bits: 8, mostBits: null }, all);
      const single = each.map((h, i) => (all[i].scope === "bitstring" ? 8 : 1) * (h ?? Infinity));
      assert.ok(assessed !== null && assessed > before && assessed <= Math.min(...single));
      before = assessed;
    }
  });

  it("is of two symbols where the samples have but two, and looks at no more of the bitstring than was assessed", () => {
    const mcv = [{ estimator: "most-common-value", scope: "literal" }] as const;
    const [two] = ceilings({ samples: 1e5, symbols: 2, bits: 8, mostBits: null }, mcv).each;
    const [one] = ceilings({ samples: 1e5, symbols: 2, bits: 1, mostBits: null }, mcv).each;
    assert.equal(two, one);
    const bits = [{ estimator: "compression", scope: "bitstring" }] as const;
    const cut = ceilings({ samples: 1e6, symbols: 256, bits: 8, mostBits: 1e6 }, bits);
    assert.deepEqual(cut.each, ceilings({ samples: 125_000, symbols: 256, bits: 8, mostBits: null }, bits).each);
  });
});

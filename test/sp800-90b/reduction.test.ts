import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors";
import { formatBitMask, parseBitMask } from "../../src/sp800-90b/bit-mask";
import { planReduction, reducerOf, type ReductionPlan, type ReductionRequest } from "../../src/sp800-90b/reduction";
import { SymbolSurvey, type SampleWidth } from "../../src/sp800-90b/symbol-survey";
import { noise } from "../formats/sample-data";

interface Halves {
  readonly lo: Uint32Array;
  readonly hi: Uint32Array;
}

function split(values: readonly bigint[]): Halves {
  return {
    lo: Uint32Array.from(values, (value) => Number(value & 0xffffffffn)),
    hi: Uint32Array.from(values, (value) => Number(value >> 32n)),
  };
}

function surveyOf(values: readonly bigint[], width: SampleWidth = 64, blockLength = 1000): SymbolSurvey {
  const survey = new SymbolSurvey(width);
  for (let at = 0; at < values.length; at += blockLength) {
    const { lo, hi } = split(values.slice(at, at + blockLength));
    survey.add(lo, hi, lo.length);
  }
  return survey;
}

function reduce(values: readonly bigint[], request: ReductionRequest): ReductionPlan & { symbols: number[] } {
  const plan = planReduction(surveyOf(values), request);
  const { lo, hi } = split(values);
  const symbols = new Uint8Array(values.length);
  reducerOf(plan.reduction)(lo, hi, values.length, symbols, 0);
  return { ...plan, symbols: [...symbols] };
}

const AUTOMATIC: ReductionRequest = { kind: "automatic" };
const words = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** What the bits at the positions make, by the plainest arithmetic there is. */
function gather(value: bigint, positions: readonly number[]): number {
  return positions.reduce(
    (symbol, position, bit) => symbol + (((value >> BigInt(position)) & 1n) === 1n ? 2 ** bit : 0),
    0,
  );
}

function codeOf(code: string): (error: unknown) => boolean {
  return (error) => error instanceof UserError && error.code === code;
}

describe("a survey of samples", () => {
  it("counts the ones of every bit, however the samples come in blocks", () => {
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 60 }),
        (values, blockLength) => {
          const survey = surveyOf(values, 64, blockLength);
          const expected = Array.from(
            { length: 64 },
            (_, i) => values.filter((value) => ((value >> BigInt(i)) & 1n) === 1n).length,
          );
          assert.deepEqual(
            survey.bits().map(({ ones }) => ones),
            expected,
          );
          assert.equal(survey.samples, values.length);
          assert.equal(
            survey.bitsInUse,
            Math.max(1, ...values.map((value) => (value === 0n ? 0 : value.toString(2).length))),
          );
        },
      ),
    );
  });

  it("gives each bit the most common value estimate of 6.3.1", () => {
    // 750 ones of 1000: p_u = 0.75 + Z * sqrt(0.75 * 0.25 / 999)
    const survey = surveyOf(Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 1n : 3n)));
    const [bit0, bit1, bit2] = survey.bits();
    assert.equal(bit0.minEntropy, 0);
    assert.ok(
      Math.abs(bit1.minEntropy - -Math.log2(0.75 + 2.5758293035489008 * Math.sqrt((0.75 * 0.25) / 999))) < 1e-15,
    );
    assert.equal(bit2.minEntropy, 0);
  });

  it("knows the distinct values, least first, up to 256 of them", () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 400 }), (values) => {
        const { distinct } = surveyOf(values);
        const expected = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
        assert.equal(distinct.tooMany, expected.length > 256);
        if (expected.length <= 256) {
          assert.deepEqual(
            distinct.sorted().map(({ hi, lo }) => (BigInt(hi) << 32n) | BigInt(lo)),
            expected,
          );
        }
      }),
    );
  });
});

describe("samples of at most 8 bits", () => {
  it("stay as they are, and nothing is reported", () => {
    const { symbols, reduction, step } = reduce([0n, 9n, 255n, 9n], AUTOMATIC);
    assert.deepEqual(symbols, [0, 9, 255, 9]);
    assert.deepEqual(reduction, { kind: "none", bits: 8 });
    assert.equal(step, null);
  });

  it("have the width of the highest bit in use, and at least one", () => {
    assert.equal(reduce([0n, 5n], AUTOMATIC).reduction.bits, 3);
    assert.equal(reduce([0n, 0n], AUTOMATIC).reduction.bits, 1);
  });
});

describe("wider samples of at most 256 distinct values", () => {
  it("are translated to their ranks, and the report lists the values", () => {
    const { symbols, reduction, step } = reduce([2n ** 63n, 1000n, 2n ** 40n, 1000n], AUTOMATIC);
    assert.deepEqual(symbols, [2, 0, 1, 0]);
    assert.equal(reduction.bits, 2);
    assert.deepEqual(step?.step === "translated" && step.values, ["1000", "1099511627776", "9223372036854775808"]);
    assert.match(step?.text ?? "", /3 distinct values.*0 to 2 of 2 bits/);
  });

  it("are one bit wide if they have one value only", () => {
    assert.equal(reduce([5000n, 5000n], AUTOMATIC).reduction.bits, 1);
  });

  it("keep their order and their equality", () => {
    const few = fc
      .uniqueArray(words, { minLength: 1, maxLength: 256 })
      .chain((values) => fc.array(fc.constantFrom(...values), { minLength: 1 }));
    fc.assert(
      fc.property(few, (values) => {
        const { symbols, reduction } = reduce(values, { kind: "translate" });
        for (let i = 1; i < values.length; i++) {
          assert.equal(Math.sign(symbols[i] - symbols[0]), values[i] < values[0] ? -1 : values[i] > values[0] ? 1 : 0);
        }
        assert.ok(Math.max(...symbols) < 2 ** reduction.bits);
      }),
    );
  });

  it("of more than 256 values are not translated", () => {
    const values = Array.from({ length: 257 }, (_, i) => BigInt(i));
    assert.throws(() => reduce(values, { kind: "translate" }), codeOf("sp800-90b-too-many-values"));
  });

  it("with a value that the translation does not know are refused", () => {
    const { reduction } = reduce([1000n, 2000n], AUTOMATIC);
    const { lo, hi } = split([3000n]);
    assert.throws(
      () => reducerOf(reduction)(lo, hi, 1, new Uint8Array(1), 0),
      (error) => codeOf("sp800-90b-value-not-translated")(error) && String(error).includes("3000"),
    );
  });
});

describe("wider samples of more values", () => {
  /** Bit 0 is constant; bits 1 to 9 are ones in a share that falls with the position, so that bit 1 has most entropy. */
  const bytes = noise("bits of falling entropy", 10 * 20_000);
  const values = Array.from({ length: 20_000 }, (_, i) =>
    Array.from({ length: 10 }, (_, p) => (p > 0 && bytes[10 * i + p] < 128 - 8 * p ? 1n << BigInt(p) : 0n)).reduce(
      (a, b) => a | b,
    ),
  );

  it("keep the 8 bits of most min-entropy, gathered in their order, and the report tells every bit", () => {
    const { symbols, step } = reduce(values, AUTOMATIC);
    assert.deepEqual(
      symbols,
      values.map((value) => gather(value, [1, 2, 3, 4, 5, 6, 7, 8])),
    );
    assert.ok(step?.step === "bits-selected");
    assert.equal(step.by, "ranking");
    assert.equal(step.mask, "1FE");
    assert.deepEqual(
      step.positions.map(({ kept }) => kept),
      [false, ...Array<boolean>(8).fill(true), false],
    );
    assert.match(step.text, /best of the 2 discarded is bit 9 with 0\.\d{4} bits/);
  });

  it("keep fewer on request, and of equals the less significant", () => {
    const { reduction } = reduce(values, { kind: "ranking", bits: 3 });
    assert.deepEqual(reduction, { kind: "selection", bits: 3, positions: [1, 2, 3] });
    const equals = Array.from({ length: 1024 }, (_, i) => BigInt(i) << 20n);
    assert.deepEqual(reduce(equals, { kind: "ranking", bits: 2 }).reduction, {
      kind: "selection",
      bits: 2,
      positions: [20, 21],
    });
  });

  it("never keep a constant bit beside others, and keep one bit if all are constant", () => {
    assert.deepEqual(
      reduce(
        [0x100n, 0x104n, 0x100n, 0x104n].flatMap((v) => Array<bigint>(50).fill(v)),
        { kind: "ranking", bits: 8 },
      ).reduction,
      {
        kind: "selection",
        bits: 1,
        positions: [2],
      },
    );
    assert.deepEqual(reduce([0x100n, 0x100n], { kind: "ranking", bits: 8 }).reduction.bits, 1);
  });

  it("keep the bits of a mask, wherever they stand", () => {
    const masks = fc
      .uniqueArray(fc.integer({ min: 0, max: 63 }), { minLength: 1, maxLength: 8 })
      .map((p) => p.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 20 }), masks, (samples, positions) => {
        const { symbols, step } = reduce(samples, { kind: "mask", positions });
        assert.deepEqual(
          symbols,
          samples.map((sample) => gather(sample, positions)),
        );
        assert.ok(step?.step === "bits-selected" && step.by === "mask");
        assert.deepEqual(
          step.positions.filter(({ kept }) => kept).map(({ position }) => position),
          positions,
        );
      }),
    );
  });

  it("cannot keep bits that the samples' width does not have", () => {
    const survey = surveyOf([1n, 2n], 16);
    assert.throws(() => planReduction(survey, { kind: "mask", positions: [16] }), codeOf("sp800-90b-mask-too-wide"));
  });
});

describe("a bit mask", () => {
  const masks: readonly [string, readonly number[]][] = [
    ["FF", [0, 1, 2, 3, 4, 5, 6, 7]],
    ["0F:4", [0, 1, 2, 3]],
    ["0x7F8", [3, 4, 5, 6, 7, 8, 9, 10]],
    ["7F8:4", [3, 4, 5, 6]],
    ["8000000000000001", [0, 63]],
  ];
  for (const [text, positions] of masks) {
    it(`${text} is the bits ${positions.join(", ")}`, () => assert.deepEqual(parseBitMask(text), positions));
  }

  for (const text of ["", "0", "1FF", "G", "0F:5", "FF:0", "FF:4,8", "10000000000000000"]) {
    it(`"${text}" is refused`, () => assert.throws(() => parseBitMask(text), codeOf("sp800-90b-mask-invalid")));
  }

  it("written and read again is the same", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { minLength: 1, maxLength: 8 }), (positions) => {
        assert.deepEqual(
          parseBitMask(formatBitMask(positions)),
          positions.toSorted((a, b) => a - b),
        );
      }),
    );
  });
});

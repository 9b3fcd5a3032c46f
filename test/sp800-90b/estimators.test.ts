import assert from "node:assert/strict";
import fc from "fast-check";
import type { FoundEstimate, PredictionEstimate } from "../../src/model";
import { concludeAssessment, estimate, estimationTasks } from "../../src/sp800-90b/assessment";
import { upperBound } from "../../src/sp800-90b/confidence";
import { collision } from "../../src/sp800-90b/estimators/collision";
import { compression } from "../../src/sp800-90b/estimators/compression";
import { lag } from "../../src/sp800-90b/estimators/lag";
import { lrs } from "../../src/sp800-90b/estimators/lrs";
import { lz78y } from "../../src/sp800-90b/estimators/lz78y";
import { markov } from "../../src/sp800-90b/estimators/markov";
import { multiMcw } from "../../src/sp800-90b/estimators/multi-mcw";
import { multiMmc } from "../../src/sp800-90b/estimators/multi-mmc";
import { tTuple } from "../../src/sp800-90b/estimators/t-tuple";
import { repeatsOf } from "../../src/sp800-90b/repeats";
import { alphabetSize, bitstringSequence, literalSequence, type Sequence } from "../../src/sp800-90b/sequence";
import { keystream } from "../datasets";
import * as transcription from "./transcription";

const unheard = (): void => undefined;

/** Symbols 0 to k - 1, all of which occur: noise, periods with noise in them, and repeats. */
function sequences(k: number, minLength: number, maxLength: number): fc.Arbitrary<number[]> {
  const symbol = fc.nat({ max: k - 1 });
  const noise = fc.array(symbol, { minLength, maxLength });
  const periodic = fc
    .tuple(fc.array(symbol, { minLength: 1, maxLength: 9 }), noise, fc.integer({ min: 2, max: 40 }))
    .map(([period, other, rarity]) => other.map((x, i) => ((i * 7919) % rarity === 0 ? x : period[i % period.length])));
  const repeated = noise.map((s) => s.map((_, i) => s[i % Math.ceil(s.length / 3)]));
  return fc.oneof(noise, periodic, repeated).map((s) => [...Array(k).keys(), ...s].slice(0, s.length));
}

const of = (s: readonly number[]): Sequence => literalSequence(Uint8Array.from(s));

function assertPredicts(
  predict: (sequence: Sequence, progress: () => void) => PredictionEstimate,
  plainly: (s: readonly number[]) => { N: number; C: number; longestRun: number },
  minLength: number,
  maxLength: number,
  numRuns: number,
): void {
  for (const k of [2, 3, 5])
    fc.assert(
      fc.property(sequences(k, minLength, maxLength), (s) => {
        const { N, C, r } = predict(of(s), unheard);
        const plain = plainly(s);
        assert.deepEqual({ N, C, r }, { N: plain.N, C: plain.C, r: plain.longestRun + 1 });
      }),
      { numRuns },
    );
}

describe("each estimator, against a plain transcription of the standard", () => {
  it("MultiMCW makes the same predictions", () => assertPredicts(multiMcw, transcription.multiMcw, 64, 400, 30));
  it("lag makes the same predictions", () => assertPredicts(lag, transcription.lag, 5, 400, 60));
  it("MultiMMC makes the same predictions", () => assertPredicts(multiMmc, transcription.multiMmc, 5, 300, 60));
  it("LZ78Y makes the same predictions", () => assertPredicts(lz78y, transcription.lz78y, 18, 300, 60));

  it("MultiMCW follows its four windows through a drift", () => {
    const s = Array.from(keystream("multi-mcw", 7000), (byte, i) => (byte < 100 ? (i >> 10) % 3 : byte % 3));
    const { C, r } = multiMcw(of(s), unheard);
    const plain = transcription.multiMcw(s);
    assert.deepEqual([C, r], [plain.C, plain.longestRun + 1]);
  });

  it("LZ78Y over bits keeps to the plain one after its short contexts have settled", () => {
    const s = Array.from(keystream("lz78y", 70_000), (byte) => (byte < 90 ? 1 : 0));
    const { C, r } = lz78y(of(s), unheard);
    const plain = transcription.lz78y(s);
    assert.deepEqual([C, r], [plain.C, plain.longestRun + 1]);
  });

  it("t-tuple and LRS find the same lengths and the same maximum", () => {
    for (const k of [2, 3, 5])
      fc.assert(
        fc.property(sequences(k, 40, 250), (s) => {
          const sequence = of(s);
          const repeats = repeatsOf(sequence, unheard);
          const byTuples = tTuple(sequence, repeats);
          const plainTuples = transcription.tTuple(s);
          assert.equal(byTuples.t ?? 0, plainTuples.t);
          assertNear(byTuples.pHatMax ?? 0, plainTuples.pHat);
          const byRepeats = lrs(sequence, repeats);
          const plainRepeats = transcription.lrs(s);
          assert.equal(byRepeats.v !== null, plainRepeats.v >= plainRepeats.u);
          if (byRepeats.v === null) return;
          assert.deepEqual([byRepeats.u, byRepeats.v], [plainRepeats.u, plainRepeats.v]);
          assertNear(byRepeats.pHat ?? 0, plainRepeats.pHat);
        }),
        { numRuns: 40 },
      );
  });

  it("collision counts the same collisions", () => {
    fc.assert(
      fc.property(sequences(2, 3, 300), (s) => {
        const times = transcription.collisionTimes(s);
        const { v, sumT } = collision(bits(s));
        assert.deepEqual([v, sumT], [times.length, times.reduce((sum, t) => sum + t, 0)]);
      }),
    );
  });

  it("Markov finds the most probable of the six sequences", () => {
    fc.assert(
      fc.property(sequences(2, 3, 300), (s) => {
        const { minEntropy } = markov(bits(s));
        assert.ok(minEntropy !== null);
        assertNear(minEntropy, Math.min(1, -transcription.markov(s) / 128));
      }),
    );
  });

  it("compression takes the same distances, and its p solves the standard's own sum", () => {
    const s = Array.from(keystream("compression", 8000), (byte) => (byte < 170 ? 1 : 0));
    const { xBar, xBarPrime, p, foundP } = compression(bits(s));
    const distances = transcription.compressionDistances(s);
    assert.ok(xBar !== null && xBarPrime !== null && p !== null && foundP);
    assertNear(xBar, distances.reduce((sum, d) => sum + d, 0) / distances.length);
    assertNear(transcription.compressionExpectation(p, Math.floor(s.length / 6)), xBarPrime);
  });
});

describe("all estimators", () => {
  it("give finite figures and from 0 to `bits` of min-entropy, or say why there is none, however few the samples", () => {
    const width = fc.integer({ min: 1, max: 8 });
    const data = width.chain((bits) =>
      fc.tuple(fc.constant(bits), fc.uint8Array({ minLength: 2, maxLength: 300, max: 2 ** bits - 1 })),
    );
    fc.assert(
      fc.property(data, ([bits, samples]) => {
        fc.pre(alphabetSize(samples) > 1);
        const estimates = assess(samples, bits);
        for (const e of estimates) {
          for (const value of Object.values(e))
            if (typeof value === "number") assert.ok(Number.isFinite(value), JSON.stringify(e));
          assert.equal(e.minEntropy === null, e.notComputed !== null);
          if (e.minEntropy !== null) assert.ok(e.minEntropy >= 0 && e.minEntropy <= (e.scope === "literal" ? bits : 1));
        }
        const { minEntropy } = concludeAssessment(estimates, bits);
        assert.ok(minEntropy !== null && minEntropy >= 0 && minEntropy <= bits);
      }),
      { numRuns: 300 },
    );
  });

  it("see the order of the symbols, not their values", () => {
    const symbols = fc.uniqueArray(fc.nat({ max: 255 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(symbols, fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 400 }), (values, indices) => {
        const ordered = values.toSorted((a, b) => a - b);
        const ranks = Uint8Array.from(indices, (i) => i % ordered.length);
        fc.pre(alphabetSize(ranks) > 1);
        const literal = (samples: Uint8Array): readonly unknown[] =>
          assess(samples, 8)
            .filter((e) => e.scope === "literal")
            .map((e) => Object.entries(e).filter(([key]) => key !== "decisive"));
        assert.deepEqual(literal(ranks.map((rank) => ordered[rank])), literal(ranks));
      }),
    );
  });

  it("take the same bits for a bitstring, however they were packed into samples", () => {
    const bytes = keystream("packing", 3000);
    const nibbles = Uint8Array.from({ length: 6000 }, (_, i) =>
      i % 2 === 0 ? bytes[i >> 1] >> 4 : bytes[i >> 1] & 15,
    );
    const bitstring = (samples: Uint8Array, width: number): readonly FoundEstimate[] =>
      assess(samples, width).filter((e) => e.scope === "bitstring");
    assert.deepEqual(bitstring(bytes, 8), bitstring(nibbles, 4));
    assert.equal(bitstring(bytes, 8).length, 10);
  });
});

describe("a confidence bound", () => {
  it("is a certainty's own value, whatever the number of observations", () => {
    assert.equal(upperBound(1, 1), 1);
    assert.equal(upperBound(0, 1), 0);
  });
});

function assess(samples: Uint8Array, bits: number): readonly FoundEstimate[] {
  return concludeAssessment(
    estimationTasks(alphabetSize(samples), bits).flatMap((task) => estimate(samples, bits, task, unheard)),
    bits,
  ).estimates;
}

function bits(s: readonly number[]): ReturnType<typeof bitstringSequence> {
  return bitstringSequence(Uint8Array.from(s), 1);
}

function assertNear(actual: number, wanted: number): void {
  assert.ok(Math.abs(actual - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${actual} is not ${wanted}`);
}

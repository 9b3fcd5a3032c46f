import type { DecisivePath, MarkovEstimate, Stretch } from "../../model";
import { popcount, type PackedBits } from "../../numeric/packed-bits";
import { LongestRun } from "../longest-run";
import type { BitSequence } from "../sequence";

/** 6.3.3 step 3: the length of the sequences whose probability is bounded. */
export const STEPS = 128;

/** 6.3.3, binary data only: the most probable sequence of 128 bits under a first-order Markov model. */
export function markov(sequence: BitSequence): MarkovEstimate {
  const { words, length } = sequence.bits;
  let ones = 0;
  let oneOne = 0;
  for (let i = 0; i < words.length - 1; i++) {
    const next = (words[i] << 1) | (words[i + 1] >>> 31);
    ones += popcount(words[i]);
    oneOne += popcount(words[i] & next);
  }
  const firstBit = words[0] >>> 31;
  const lastBit = (words[(length - 1) >>> 5] >>> (~(length - 1) & 31)) & 1;
  const fromOne = ones - lastBit;
  const fromZero = length - 1 - fromOne;
  const zeroOne = ones - firstBit - oneOne;
  const p1 = ones / length;
  const p0 = (length - ones) / length;
  const p01 = fromZero > 0 ? zeroOne / fromZero : null;
  const p00 = fromZero > 0 ? (fromZero - zeroOne) / fromZero : null;
  const p11 = fromOne > 0 ? oneOne / fromOne : null;
  const p10 = fromOne > 0 ? (fromOne - oneOne) / fromOne : null;

  const counts = [
    [fromZero - zeroOne, zeroOne],
    [fromOne - oneOne, oneOne],
  ] as const;
  const { path, bits } = mostProbablePath({ initial: [p0, p1], transition: [p00, p01, p10, p11] });
  const decisive: DecisivePath | null = path && {
    kind: "path",
    start: path.start,
    transitions: path.steps.map((step) => ({ ...step, count: counts[step.from][step.to] })),
    longest: longestAlong(sequence.bits, path),
  };
  const about = { estimator: "markov", scope: sequence.scope, p0, p1, p00, p01, p10, p11 } as const;
  return { ...about, minEntropy: bits / STEPS, notComputed: null, pHatMax: 2 ** -bits, decisive };
}

type Bit = 0 | 1;

/** A sequence of 128 bits, as its transitions. */
interface Path {
  readonly start: Bit;
  readonly steps: readonly { readonly from: Bit; readonly to: Bit; readonly times: number }[];
}

/** Step 3's table: the six sequences among which the most probable one is. */
const PATHS: readonly Path[] = ([0, 1] as const).flatMap((start) => {
  const other = start === 0 ? 1 : 0;
  return [
    { start, steps: [{ from: start, to: start, times: STEPS - 1 }] },
    {
      start,
      steps: [
        { from: start, to: other, times: STEPS / 2 },
        { from: other, to: start, times: STEPS / 2 - 1 },
      ],
    },
    {
      start,
      steps: [
        { from: start, to: other, times: 1 },
        { from: other, to: other, times: STEPS - 2 },
      ],
    },
  ];
});

/** First-order probabilities of bits; those of a state that never occurs are null. */
export interface BitTransitions {
  /** Of 0 and 1. */
  readonly initial: readonly [number, number];
  /** Of 0 after 0, 1 after 0, 0 after 1, 1 after 1. */
  readonly transition: readonly [number | null, number | null, number | null, number | null];
}

/** Step 3: the path, null if all are impossible, and -log2 of its probability, 0 to 128. */
export function mostProbablePath({ initial, transition }: BitTransitions): { path: Path | null; bits: number } {
  // A transition never seen rules its sequence out.
  const bits = (p: number | null, times: number): number => (p === null || p === 0 ? Infinity : -times * Math.log2(p));
  let best: Path | null = null;
  let least = Infinity;
  for (const path of PATHS) {
    let all = bits(initial[path.start], 1);
    for (const { from, to, times } of path.steps) all += bits(transition[2 * from + to], times);
    if (all >= least) continue;
    least = all;
    best = path;
  }
  return { path: best, bits: Math.min(STEPS, Math.max(0, least)) };
}

/** The longest stretch of zeros, of ones, or of alternating bits, whichever the path is in the main. */
function longestAlong({ words, length }: PackedBits, { steps }: Path): Stretch | null {
  const { from, to } = steps[steps.length - 1];
  const alternates = from !== to;
  const run = new LongestRun();
  // Bit i of `follows`: bit i is the path's, or differs from bit i + 1.
  const bits = alternates ? length - 1 : length;
  for (let at = 0; at < bits; at += 32) {
    const i = at >>> 5;
    const word = words[i];
    const follows = alternates ? word ^ ((word << 1) | (words[i + 1] >>> 31)) : to === 1 ? word : ~word;
    run.add(bits - at >= 32 ? follows : follows & ~(-1 >>> (bits - at)));
  }
  const stretch = run.stretch();
  return stretch === null || !alternates ? stretch : { first: stretch.first, last: stretch.last + 1 };
}

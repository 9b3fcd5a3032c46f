import type { PredictionEstimate } from "../../model";
import { windowAt, type PackedBits } from "../../numeric/packed-bits";
import { noPrediction, predictionEstimate, runEndingAt, type Predictions } from "../prediction";
import type { Progress } from "../progress";
import { Race } from "../race";
import { lengthOf, type Sequence } from "../sequence";
import { Tenure } from "../tenure";

/** 6.3.8 step 1: the longest lag. */
const D = 128;

/** 6.3.8: every sample is predicted to equal the one d before it, for the d from 1 to 128 that did best so far. */
export function lag(sequence: Sequence, progress: Progress): PredictionEstimate {
  if (lengthOf(sequence) < 2) return noPrediction("lag", sequence.scope, 2);
  return sequence.kind === "bits"
    ? predictionEstimate("lag", sequence.scope, 2, predictBits(sequence.bits, progress))
    : predictionEstimate("lag", sequence.scope, sequence.k, predictSymbols(sequence.symbols, sequence.k, progress));
}

/**
 * Wide alphabets: only the lags that were right change the scoreboard, so each step follows the chain of the earlier
 * places of its own symbol. Over uniform bytes that is half a step where comparing all lags takes 128.
 */
function predictSymbols(symbols: Uint8Array, k: number, progress: Progress): Predictions {
  const n = symbols.length;
  const previous = new Int32Array(256); // the place before, of the same symbol, for the last 256 places
  const last = new Int32Array(k).fill(-D - 1);
  const scores = new Int32Array(D + 1);
  let winner = 1;
  let C = 0;
  let run = 0;
  let longestRun = 0;
  let runEnd = -1;
  const tenure = new Tenure(D + 1);
  last[symbols[0]] = 0;
  previous[0] = -D - 1;
  for (let i = 1; i < n; i++) {
    const symbol = symbols[i];
    if (winner <= i && symbols[i - winner] === symbol) {
      C++;
      if (++run > longestRun) {
        longestRun = run;
        runEnd = i;
      }
    } else {
      run = 0;
    }
    const believed = winner;
    let best = scores[winner];
    const earliest = i - D;
    for (let j = last[symbol]; j >= earliest; j = previous[j & 255]) {
      const score = ++scores[i - j];
      if (score >= best) {
        best = score;
        winner = i - j;
      }
      if (j < 0) break;
    }
    if (winner !== believed) tenure.end(believed, i + 1);
    previous[i & 255] = last[symbol];
    last[symbol] = i;
    if ((i & 0x1ffff) === 0) progress(i / n);
  }
  tenure.end(winner, n);
  return {
    N: n - 1,
    C,
    longestRun,
    run: runEndingAt(runEnd, longestRun),
    favourite: tenure.favourite((lag) => lag),
  };
}

/** Binary data: the word of bits against the word d bits earlier, for all d. */
function predictBits({ words, length }: PackedBits, progress: Progress): Predictions {
  const race = new Race(D);
  const right = new Int32Array(D);
  const count = (length + 31) >>> 5;
  for (let i = 0; i < count; i++) {
    const word = words[i];
    const at = i << 5;
    const within = length - at >= 32 ? -1 : -1 << (32 - (length - at));
    if (at < D) {
      for (let d = 1; d <= D; d++) {
        const earlier = at >= d ? windowAt(words, at - d) : d - at < 32 ? words[0] >>> (d - at) : 0;
        const known = at >= d ? -1 : d - at < 32 ? -1 >>> (d - at) : 0;
        right[d - 1] = ~(word ^ earlier) & known & within;
      }
    } else {
      // Lag 32 q + s reaches s bits into the word before the one q words back.
      for (let q = 0; q < D >>> 5; q++) {
        const near = words[i - q];
        const far = words[i - q - 1];
        const base = (q << 5) - 1;
        for (let s = 1; s < 32; s++) right[base + s] = ~(word ^ ((near >>> s) | (far << (32 - s)))) & within;
        right[base + 32] = ~(word ^ far) & within;
      }
    }
    race.advance(right, null, 0);
    if ((i & 0x3fff) === 0) progress(i / count);
  }
  return race.result(length - 1, (index) => index + 1);
}

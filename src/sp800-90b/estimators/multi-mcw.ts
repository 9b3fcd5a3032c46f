import type { PredictionEstimate } from "../../model";
import type { PackedBits } from "../../numeric/packed-bits";
import { noPrediction, predictionEstimate, runEndingAt, type Predictions } from "../prediction";
import type { Progress } from "../progress";
import { Race } from "../race";
import { lengthOf, type Sequence } from "../sequence";
import { Tenure } from "../tenure";

/** 6.3.7 step 1. */
const WINDOWS = [63, 255, 1023, 4095] as const;

/**
 * 6.3.7: every sample is predicted to be the most common value of a window before it, for the window that did best so
 * far. The NIST tool demands 4096 samples; the standard only what fills the shortest window.
 */
export function multiMcw(sequence: Sequence, progress: Progress): PredictionEstimate {
  if (lengthOf(sequence) <= WINDOWS[0]) return noPrediction("multi-mcw", sequence.scope, WINDOWS[0] + 1);
  return sequence.kind === "bits"
    ? predictionEstimate("multi-mcw", sequence.scope, 2, predictBits(sequence.bits, progress))
    : predictionEstimate(
        "multi-mcw",
        sequence.scope,
        sequence.k,
        predictSymbols(sequence.symbols, sequence.k, progress),
      );
}

/** The symbols of a window that slides along: how often each occurs in it, and which occurs most. */
class Window {
  private readonly counts: Int32Array;
  mode = 0;

  constructor(
    private readonly symbols: Uint8Array,
    private readonly lastSeen: Int32Array,
    private readonly size: number,
    k: number,
  ) {
    this.counts = new Int32Array(k);
  }

  /** Takes in symbols[i], and drops what is then too old. `lastSeen` must know place i already. */
  slide(i: number): void {
    const { counts, symbols, size } = this;
    const entering = symbols[i];
    if (i < size) {
      if (++counts[entering] >= counts[this.mode]) this.mode = entering;
      return;
    }
    const leaving = symbols[i - size];
    if (entering === leaving) {
      // The counts stay, but a tie goes to the most recent symbol.
      if (counts[entering] === counts[this.mode]) this.mode = entering;
      return;
    }
    counts[entering]++;
    counts[leaving]--;
    if (leaving === this.mode) this.findMode();
    else if (counts[entering] >= counts[this.mode]) this.mode = entering;
  }

  private findMode(): void {
    const { counts, lastSeen } = this;
    let mode = 0;
    let most = counts[0];
    for (let symbol = 1; symbol < counts.length; symbol++) {
      const count = counts[symbol];
      if (count > most || (count === most && lastSeen[symbol] > lastSeen[mode])) {
        most = count;
        mode = symbol;
      }
    }
    this.mode = mode;
  }
}

function predictSymbols(symbols: Uint8Array, k: number, progress: Progress): Predictions {
  const n = symbols.length;
  const lastSeen = new Int32Array(k).fill(-1);
  const windows = WINDOWS.map((size) => new Window(symbols, lastSeen, size, k));
  const scores = WINDOWS.map(() => 0);
  let winner = 0;
  let C = 0;
  let run = 0;
  let longestRun = 0;
  let runEnd = -1;
  const tenure = new Tenure(WINDOWS.length);
  for (let i = 0; i < n; i++) {
    const symbol = symbols[i];
    if (i >= WINDOWS[0]) {
      if (windows[winner].mode === symbol) {
        C++;
        if (++run > longestRun) {
          longestRun = run;
          runEnd = i;
        }
      } else {
        run = 0;
      }
      const believed = winner;
      for (let w = 0; w < windows.length && i >= WINDOWS[w]; w++) {
        if (windows[w].mode === symbol && ++scores[w] >= scores[winner]) winner = w;
      }
      if (winner !== believed) tenure.end(believed, i + 1);
    }
    lastSeen[symbol] = i;
    for (let w = 0; w < windows.length; w++) windows[w].slide(i);
    if ((i & 0x1ffff) === 0) progress(i / n);
  }
  tenure.end(winner, n);
  return {
    N: n - WINDOWS[0],
    C,
    longestRun,
    run: runEndingAt(runEnd, longestRun),
    favourite: tenure.favourite((w) => WINDOWS[w]),
  };
}

/** Binary data: a window is odd, so its count of ones says its mode and nothing can tie. */
function predictBits({ words, length }: PackedBits, progress: Progress): Predictions {
  const race = new Race(WINDOWS.length);
  const right = new Int32Array(WINDOWS.length);
  const ones = new Int32Array(WINDOWS.length);
  const count = (length + 31) >>> 5;
  for (let i = 0; i < count; i++) {
    const at = i << 5;
    const bits = Math.min(32, length - at);
    for (let w = 0; w < WINDOWS.length; w++) {
      const size = WINDOWS[w];
      const half = size >>> 1;
      let inWindow = ones[w];
      let mask = 0;
      let entering = words[i];
      // The window is one bit short of a whole number of words, so what leaves with bit b is bit b + 1 of an older word.
      const old = (at - size) >> 5;
      let leaving = old >= 0 ? (words[old] << 1) | (words[old + 1] >>> 31) : old === -1 ? words[0] >>> 31 : 0;
      const filled = at >= size ? 0 : size - at; // bits of this word before the first prediction
      for (let b = 0; b < bits; b++) {
        const bit = entering >>> 31;
        // inWindow > half, as a bit
        const mode = (half - inWindow) >>> 31;
        mask = (mask << 1) | (b < filled ? 0 : mode ^ bit ^ 1);
        inWindow += bit - (leaving >>> 31);
        entering <<= 1;
        leaving <<= 1;
      }
      ones[w] = inWindow;
      right[w] = bits === 32 ? mask : mask << (32 - bits);
    }
    race.advance(right, null, 0);
    if ((i & 0x3fff) === 0) progress(i / count);
  }
  return race.result(length - WINDOWS[0], (w) => WINDOWS[w]);
}

import type { DecisivePredictions, PredictionEstimate } from "../../model";
import { noPrediction, predictionEstimate, type Predictions } from "../prediction";
import type { Progress } from "../progress";
import { lengthOf, type Sequence } from "../sequence";
import { StringTrie } from "../string-trie";
import { Tenure } from "../tenure";
import { DEPTHS, MAX_ENTRIES, predictBits } from "./multi-mmc-bits";

/**
 * 6.3.9: sixteen Markov models with counts, of order 1 to 16; each predicts the symbol that followed its context most
 * often, and the one that did best so far is believed.
 */
export function multiMmc(sequence: Sequence, progress: Progress): PredictionEstimate {
  if (lengthOf(sequence) < 3) return noPrediction("multi-mmc", sequence.scope, 3);
  return sequence.kind === "bits"
    ? predictionEstimate("multi-mmc", sequence.scope, 2, predictBits(sequence.bits, progress))
    : predictionEstimate(
        "multi-mmc",
        sequence.scope,
        sequence.k,
        predictSymbols(sequence.symbols, sequence.k, progress),
      );
}

/** Of the wide-alphabet predictor's node: how often it was counted as an entry; its most frequent child, that child's symbol. */
const FIELDS = 4;
const COUNT = 0;
const FAVOURITE = 1;
const SYMBOL = 2;
/** Whether the trie's table leads to the favourite. An only child needs no place there, and most nodes have but one. */
const LINKED = 3;

/**
 * Wide alphabets. M_d[x, y] is the count of the string xy, hence of a trie's node d + 1 deep, which is at the same time
 * a context of M_(d+1): one step down the trie is both the update and the next context.
 *
 * Every table stops taking entries at 100,000, the deep ones first but for a sample or two: while a deeper table still
 * takes entries, the strings on the way to them are kept as nodes that are not counted.
 */
function predictSymbols(symbols: Uint8Array, k: number, progress: Progress): Predictions {
  const n = symbols.length;
  const trie = new StringTrie(k);
  const nodes = new Int32Array(FIELDS * (DEPTHS * Math.min(n, MAX_ENTRIES + DEPTHS) + k + 1));
  const entries = new Int32Array(DEPTHS + 1);
  let deepestOpen = DEPTHS;
  /** context[d] is the node of the last d symbols, or 0. */
  const context = new Int32Array(DEPTHS + 2);
  let deepest = 0;
  const scores = new Int32Array(DEPTHS + 1);
  let winner = 1;
  let C = 0;
  let run = 0;
  let longestRun = 0;
  /** Silence does not end a run, so it may be longer than its right predictions. */
  let runStart = 0;
  let longest: DecisivePredictions["run"] = null;
  const tenure = new Tenure(DEPTHS + 1);
  for (let i = 0; i < n; i++) {
    const symbol = symbols[i];
    const favourite = nodes[FIELDS * context[winner] + FAVOURITE];
    // A winner that knows nothing of its context leaves the run as it is; so do the NIST tool's figures.
    if (i >= 2 && nodes[FIELDS * favourite + COUNT] > 0) {
      if (nodes[FIELDS * context[winner] + SYMBOL] === symbol) {
        C++;
        if (run === 0) runStart = i;
        if (++run > longestRun) {
          longestRun = run;
          longest = { first: runStart, last: i };
        }
      } else {
        run = 0;
      }
    }
    const believed = winner;
    let reached = 1;
    // Of several that reach the winner's score the last takes over (step 3d): deep to shallow it is the first.
    let toBeat = scores[winner] - 1;
    // Deep to shallow, so that context[d] is still the old one when context[d + 1] is replaced.
    for (let d = deepest; d >= 1; d--) {
      const parent = context[d];
      context[d + 1] = 0;
      if (parent === 0) continue;
      const at = FIELDS * parent;
      const favourite = nodes[at + FAVOURITE];
      let child = 0;
      if (favourite !== 0) child = nodes[at + SYMBOL] === symbol ? favourite : trie.find(parent, symbol);
      if (child === 0) {
        if (d > deepestOpen) continue;
        child = trie.create();
        if (favourite !== 0) trie.link(parent, symbol, child);
        if (entries[d] < MAX_ENTRIES) {
          entries[d]++;
          nodes[FIELDS * child + COUNT] = 1;
          while (deepestOpen > 0 && entries[deepestOpen] >= MAX_ENTRIES) deepestOpen--;
        }
        if (favourite === 0) {
          nodes[at + FAVOURITE] = child;
          nodes[at + SYMBOL] = symbol;
        }
      } else if (nodes[FIELDS * child + COUNT] > 0) {
        nodes[FIELDS * child + COUNT]++;
        if (child === favourite && i >= 2 && ++scores[d] > toBeat) {
          toBeat = scores[d];
          winner = d;
        }
      }
      if (child !== favourite && favourite !== 0) {
        const lead = nodes[FIELDS * child + COUNT] - nodes[FIELDS * favourite + COUNT];
        if (lead > 0 || (lead === 0 && symbol > nodes[at + SYMBOL])) {
          if (nodes[at + LINKED] === 0) trie.link(parent, nodes[at + SYMBOL], favourite);
          nodes[at + LINKED] = 1;
          nodes[at + FAVOURITE] = child;
          nodes[at + SYMBOL] = symbol;
        }
      }
      context[d + 1] = child;
      if (reached === 1) reached = d + 1;
    }
    if (winner !== believed) tenure.end(believed, i + 1);
    context[1] = symbol + 1;
    deepest = Math.min(DEPTHS, reached);
    if ((i & 0x1ffff) === 0) progress(i / n);
  }
  tenure.end(winner, n);
  return { N: n - 2, C, longestRun, run: longest, favourite: tenure.favourite((order) => order) };
}

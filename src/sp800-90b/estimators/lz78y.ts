import type { PredictionEstimate } from "../../model";
import { noPrediction, predictionEstimate, runEndingAt, type Predictions } from "../prediction";
import type { Progress } from "../progress";
import { lengthOf, type Sequence } from "../sequence";
import { StringTrie } from "../string-trie";
import { B, favouriteContext, MAX_DICTIONARY, predictBits } from "./lz78y-bits";

/**
 * 6.3.10: a dictionary of up to 65,536 contexts of 1 to 16 symbols, after LZ78; the context whose most frequent
 * continuation was seen most often predicts, the longest among equals.
 */
export function lz78y(sequence: Sequence, progress: Progress): PredictionEstimate {
  if (lengthOf(sequence) < B + 2) return noPrediction("lz78y", sequence.scope, B + 2);
  return sequence.kind === "bits"
    ? predictionEstimate("lz78y", sequence.scope, 2, predictBits(sequence.bits, progress))
    : predictionEstimate("lz78y", sequence.scope, sequence.k, predictSymbols(sequence.symbols, sequence.k, progress));
}

/** Wide alphabets. The counts of a context's continuations are a row of k; its best one is kept beside it, up to date. */
function predictSymbols(symbols: Uint8Array, k: number, progress: Progress): Predictions {
  const n = symbols.length;
  const nodes = Math.min(B * n, MAX_DICTIONARY + B * B);
  const trie = new StringTrie(k);
  const counts = new Int32Array((nodes + k + 1) * k);
  const bestCount = new Int32Array(nodes + k + 1);
  const bestSymbol = new Uint8Array(nodes + k + 1);
  const inDictionary = new Uint8Array(nodes + k + 1);
  let dictionarySize = 0;
  /** context[d] is the node of the last d symbols, or 0. */
  const context = new Int32Array(B + 2);
  let deepest = 0;
  let C = 0;
  let run = 0;
  let longestRun = 0;
  let runEnd = -1;
  /** By the length of the context, 0 for none: how many predictions it made. */
  const uses = new Int32Array(B + 1);
  for (let i = 0; i < n; i++) {
    const symbol = symbols[i];
    if (i > B) {
      let most = 0;
      let prediction = -1;
      let used = 0;
      for (let d = deepest; d >= 1; d--) {
        const count = bestCount[context[d]];
        if (count > most) {
          most = count;
          prediction = bestSymbol[context[d]];
          used = d;
        }
      }
      uses[used]++;
      if (prediction === symbol) {
        C++;
        if (++run > longestRun) {
          longestRun = run;
          runEnd = i;
        }
      } else {
        run = 0;
      }
    }
    let reached = 1;
    for (let d = deepest; d >= 1; d--) {
      const node = context[d];
      context[d + 1] = 0;
      if (node === 0) continue;
      if (i >= B) {
        if (inDictionary[node] === 0 && dictionarySize < MAX_DICTIONARY) {
          inDictionary[node] = 1;
          dictionarySize++;
        }
        if (inDictionary[node] === 1) {
          const count = ++counts[node * k + symbol];
          if (count > bestCount[node] || (count === bestCount[node] && symbol > bestSymbol[node])) {
            bestCount[node] = count;
            bestSymbol[node] = symbol;
          }
        }
      }
      if (d === B) continue;
      let child = trie.find(node, symbol);
      // The strings before the first context of 16 symbols only lead to it.
      if (child === 0 && dictionarySize < MAX_DICTIONARY) trie.link(node, symbol, (child = trie.create()));
      context[d + 1] = child;
      if (child !== 0 && reached === 1) reached = d + 1;
    }
    context[1] = symbol + 1;
    deepest = reached;
    if ((i & 0x1ffff) === 0) progress(i / n);
  }
  return { N: n - B - 1, C, longestRun, run: runEndingAt(runEnd, longestRun), favourite: favouriteContext(uses) };
}

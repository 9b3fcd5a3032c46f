import type { IidTests } from "../model/iid";
import type { RestartMaximum, RestartResult, RestartSanityCheck, RestartSanityRule } from "../model/restart";
import { binomialUpperQuantile } from "../numeric/binomial";
import { multinomialMaximumQuantile } from "../numeric/multinomial-maximum";
import { normalUpperQuantile } from "../numeric/normal";
import { initialEstimateRange, restartMatrixSize } from "./errors";

/** 3.1.4.1: the noise source is restarted r = 1000 times, c = 1000 samples are taken each time. */
export const RESTARTS = 1000;
export const SAMPLES_PER_RESTART = 1000;

/**
 * A matrix with its rows and columns exchanged: of the row dataset it makes the column dataset (3.1.4.1), and back.
 * @param matrix row-major, `rows` x `columns` samples
 * @throws UserError if the matrix has another size
 */
export function transpose(matrix: Uint8Array, rows = RESTARTS, columns = SAMPLES_PER_RESTART): Uint8Array {
  if (matrix.length !== rows * columns) throw restartMatrixSize(matrix.length, rows * columns);
  const transposed = new Uint8Array(matrix.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0, from = row * columns; column < columns; column++)
      transposed[column * rows + row] = matrix[from + column];
  return transposed;
}

/**
 * The sanity check of 3.1.4.3: is some value more common in a row or a column than H_I allows?
 *
 * Three rules for the largest acceptable count were published; the result shows what each says, and `exact-maximum`
 * decides:
 * - `exact-maximum`: NIST's own tool, and therefore what an evaluator expects to see. The largest count of 1000 samples
 *   of the worst distribution of min-entropy H_I (floor(1/p) symbols of probability p = 2^-H_I, one of what is left)
 *   exceeds the cutoff with probability at most 1 - 0.99^(1/2000), so that all 2000 rows and columns of a good source
 *   pass in 99 of 100 cases. The tool simulates that distribution, and its cutoff differs by one from run to run;
 *   here it is computed exactly.
 * - `binomial`: the text of January 2018 counts one fixed symbol, at 0.000005. That is not how often the most common of
 *   many symbols comes, and good sources fail it more often than intended.
 * - `draft-2016`: the second draft bounds the same count by a normal interval, at 0.01 / 2000k for k symbols.
 * @param matrix the row dataset: 1000 x 1000 samples, row-major, a row a restart
 * @param bits per sample
 * @param hI the initial entropy estimate, bits per sample
 * @throws UserError if the matrix has another size, or H_I is not in 0..bits
 */
export function restartSanityCheck(matrix: Uint8Array, bits: number, hI: number): RestartSanityCheck {
  if (!(hI >= 0 && hI <= bits)) throw initialEstimateRange(hI, bits);
  const row = mostCommonInARow(matrix, SAMPLES_PER_RESTART);
  const column = mostCommonInARow(transpose(matrix), RESTARTS);
  const xMax = Math.max(row.count, column.count);
  const symbols = new Set(matrix).size;
  const rules = [exactMaximum(hI), binomial(hI), draft2016(hI, symbols)].map((rule): RestartSanityRule => ({
    ...rule,
    passed: xMax <= rule.cutoff,
  }));
  return { hI, symbols, row, column, xMax, rules, decidedBy: "exact-maximum", passed: rules[0].passed };
}

/**
 * The validation of 3.1.4.2 and the entropy that the restart tests award.
 * @param sanity what `restartSanityCheck` found
 * @param estimates min-entropy of the row and the column dataset by the track that the source claims, bits per sample;
 *   NIST's tool takes that of the symbols as they are (`hOriginal`), not of their bits. null: nothing could be computed;
 *   null as a whole: not assessed, because the sanity check failed
 * @param iid what the IID tests say of the datasets; null when the track does not ask for them
 */
export function restartResult(
  sanity: RestartSanityCheck,
  estimates: { readonly hR: number | null; readonly hC: number | null } | null,
  iid: { readonly rows: IidTests; readonly columns: IidTests } | null = null,
): RestartResult {
  const { hI, xMax, rules } = sanity;
  const hR = estimates?.hR ?? null;
  const hC = estimates?.hC ?? null;
  const result = { sanity, hR, hC };
  if (!sanity.passed)
    return {
      ...result,
      verdict: "fail",
      decidedBy: "sanity-check",
      minEntropy: null,
      reason: `A value occurs ${xMax} times in one row or column; at H_I = ${hI}, ${rules[0].cutoff} is the most that chance explains.`,
    };
  const dependent = [iid?.rows.verdict === "fail" ? "row" : [], iid?.columns.verdict === "fail" ? "column" : []].flat();
  if (dependent.length > 0)
    return {
      ...result,
      verdict: "fail",
      decidedBy: "iid-tests",
      minEntropy: null,
      reason: `The ${dependent.join(" and the ")} dataset ${dependent.length === 1 ? "fails" : "fail"} the IID tests that the IID track rests on.`,
    };
  if (hR === null || hC === null)
    return {
      ...result,
      verdict: "inconclusive",
      decidedBy: "validation",
      minEntropy: null,
      reason: `No estimate could be computed of the ${hR === null ? "row" : "column"} dataset.`,
    };
  const least = Math.min(hR, hC);
  if (least < hI / 2)
    return {
      ...result,
      verdict: "fail",
      decidedBy: "validation",
      minEntropy: null,
      reason: `The ${hR <= hC ? "row" : "column"} dataset has ${bits(least)} per sample, less than half of H_I = ${hI}.`,
    };
  const minEntropy = Math.min(least, hI);
  const limit = minEntropy === hI ? "H_I" : `the ${hR <= hC ? "row" : "column"} dataset`;
  return {
    ...result,
    verdict: "pass",
    decidedBy: "validation",
    minEntropy,
    reason: `Both tests passed; ${limit} sets the entropy, ${bits(minEntropy)} per sample.`,
  };
}

const bits = (entropy: number) => `${entropy.toFixed(6)} bits`;

/** The most common value within one row of a matrix, over all its rows: X_R, or X_C of the transposed one. */
function mostCommonInARow(matrix: Uint8Array, columns: number): RestartMaximum {
  const counts = new Uint16Array(256);
  let most: RestartMaximum = { index: 0, symbol: 0, count: 0 };
  for (let from = 0; from < matrix.length; from += columns) {
    counts.fill(0);
    let symbol = 0;
    for (let i = from; i < from + columns; i++) if (++counts[matrix[i]] > counts[symbol]) symbol = matrix[i];
    if (counts[symbol] > most.count) most = { index: from / columns, symbol, count: counts[symbol] };
  }
  return most;
}

type Bound = Omit<RestartSanityRule, "passed">;

function exactMaximum(hI: number): Bound {
  const alpha = 1 - Math.exp(Math.log(0.99) / (RESTARTS + SAMPLES_PER_RESTART));
  const p = 2 ** -hI;
  const symbols = Math.floor(1 / p);
  const rest = 1 - symbols * p;
  const worst = [{ symbols, p }, ...(rest > 0 ? [{ symbols: 1, p: rest }] : [])];
  return { rule: "exact-maximum", alpha, cutoff: multinomialMaximumQuantile(SAMPLES_PER_RESTART, worst, alpha) };
}

function binomial(hI: number): Bound {
  const alpha = 0.000005;
  return { rule: "binomial", alpha, cutoff: binomialUpperQuantile(SAMPLES_PER_RESTART, 2 ** -hI, alpha) };
}

function draft2016(hI: number, symbols: number): Bound {
  const alpha = 0.01 / (2000 * symbols);
  const n = SAMPLES_PER_RESTART;
  const p = 2 ** -hI;
  return { rule: "draft-2016", alpha, cutoff: n * p + normalUpperQuantile(alpha / 2) * Math.sqrt(n * p * (1 - p)) };
}

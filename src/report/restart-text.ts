import type { Assessment, Estimate, RestartReport } from "../model";
import type { RestartMaximum, RestartSanityCheck } from "../model/restart";
import { general } from "./c-format";
import { iidLines } from "./iid-text";
import { entropy, ESTIMATOR_CLAUSES, MARKS, printable } from "./text";

/** The restart tests of a noise source for people, as plain text of at most about 100 columns. */
export function restartToText(report: RestartReport): string {
  const { restart, datasets, iid } = report;
  const lines = [
    ...inputLines(report),
    "",
    ...sanityLines(restart.sanity),
    ...(iid === null ? [] : ["", "Rows", ...iidLines(iid.rows), "", "Columns", ...iidLines(iid.columns)]),
    ...(datasets === null ? [] : ["", ...validationLines(datasets)]),
    "",
    `${MARKS[restart.verdict].padEnd(5)}${restart.reason}`,
    restart.minEntropy === null
      ? "No entropy is awarded."
      : `min(H_r, H_c, H_I) = ${entropy(restart.minEntropy).trim()} bits per sample.`,
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function inputLines({ input, restart }: RestartReport): string[] {
  const { path, files, bits, bitsInferred, preparation } = input;
  const hash = files.length === 1 ? [`SHA-256 ${files[0].sha256}`] : [];
  const width = `${bits} bit${bits === 1 ? "" : "s"}${bitsInferred ? " (inferred)" : ""}`;
  return [
    path,
    [`1000 restarts of 1000 samples of ${width}, ${restart.sanity.symbols} symbols`, ...hash].join(", "),
    ...preparation.map(({ text }) => text),
  ];
}

function sanityLines({ hI, row, column, rules, decidedBy }: RestartSanityCheck): string[] {
  const place = (name: string, { index, symbol, count: times }: RestartMaximum) =>
    `  most common in a ${name}: symbol ${symbol}, ${times} times in ${name} ${index}`;
  return [
    `Sanity check (3.1.4.3), H_I = ${hI} bits per sample`,
    place("row", row),
    place("column", column),
    ...rules.map(({ rule, alpha, cutoff, passed }) => {
      const decides = rule === decidedBy ? ", which decides" : "";
      const limit = `at most ${general(cutoff, 7).padEnd(9)} at alpha = ${general(alpha, 4)}`;
      return `  ${rule.padEnd(14)} ${limit}: ${passed ? "passed" : "failed"}${decides}`;
    }),
  ];
}

function validationLines({ rows, columns }: { rows: Assessment; columns: Assessment }): string[] {
  const value = (estimate: Estimate | undefined) =>
    (estimate?.minEntropy == null ? "not computed" : entropy(estimate.minEntropy)).padStart(14);
  const total = (of: Assessment) => (of.hOriginal === null ? "not computed" : entropy(of.hOriginal)).padStart(14);
  return [
    `Validation (3.1.4.2), bits per sample ${"rows".padStart(6)}${"columns".padStart(14)}`,
    ...rows.estimates.map((row) => {
      const column = columns.estimates.find(({ estimator }) => estimator === row.estimator);
      return `  ${ESTIMATOR_CLAUSES[row.estimator].padEnd(7)}${row.estimator.padEnd(20)}${value(row)}${value(column)}`;
    }),
    `  ${"H_r, H_c".padEnd(27)}${total(rows)}${total(columns)}`,
  ];
}
